using System.Collections.Concurrent;
using System.Net;

namespace Nexus.Monitoring.Web.Tests.Api;

/// <summary>An API that answers as a test says, and remembers what it was asked.</summary>
internal sealed class AnsweringApi(Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>> answer) : HttpMessageHandler, IHttpClientFactory
{
    public AnsweringApi(Func<HttpRequestMessage, HttpResponseMessage> answer)
        : this((request, _) => Task.FromResult(answer(request)))
    {
    }

    /// <summary>Path and query of every question.</summary>
    public ConcurrentQueue<string> Asked { get; } = new();

    public HttpClient CreateClient(string name) => new(this, disposeHandler: false) { BaseAddress = new("http://api") };

    public static HttpResponseMessage Json(string json) => new(HttpStatusCode.OK) { Content = new StringContent(json) };

    public static HttpResponseMessage Problem(HttpStatusCode status) => new(status) { Content = new StringContent("""{"title":"No."}""") };

    /// <summary>An answer that begins and is cut off.</summary>
    public static HttpResponseMessage Cut() => new(HttpStatusCode.OK) { Content = new StreamContent(new CutStream()) };

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Asked.Enqueue(request.RequestUri!.PathAndQuery);
        return answer(request, cancellationToken);
    }

    private sealed class CutStream : MemoryStream
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            throw new HttpIOException(HttpRequestError.ResponseEnded);

        public override int Read(byte[] buffer, int offset, int count) => throw new HttpIOException(HttpRequestError.ResponseEnded);
    }
}
