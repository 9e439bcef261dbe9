using System.Net;
using System.Net.WebSockets;

namespace Nexus.Monitoring.Client.Reading;

/// <summary>
/// Opens WebSockets through the handlers of the named HTTP client, so that whatever resolves <c>http://monitoring-api</c> for HTTP, or adds
/// credentials, does the same here, and no package for service discovery is needed.
/// </summary>
internal sealed class StreamSockets(Uri baseAddress, string httpClientName, IHttpMessageHandlerFactory handlers)
{
    /// <summary>A network that takes everything and brings nothing is noticed after twice this time.</summary>
    private static readonly TimeSpan KeepAlive = TimeSpan.FromSeconds(15);

    public Uri BaseAddress => baseAddress;

    /// <summary>Longest answer of which the sentence is read.</summary>
    private const int LongestProblem = 64 * 1024;

    /// <summary>Opens <paramref name="pathAndQuery"/> at the base address.</summary>
    /// <exception cref="StreamRefusedException">The node says that it never will.</exception>
    public async Task<WebSocket> OpenAsync(string pathAndQuery, CancellationToken cancellationToken)
    {
        var socket = new ClientWebSocket();
        try
        {
            socket.Options.KeepAliveInterval = KeepAlive;
            socket.Options.KeepAliveTimeout = KeepAlive;
            var address = new Uri(baseAddress, pathAndQuery);
            using var invoker = new HttpMessageInvoker(
                new AddressHandler(address) { InnerHandler = handlers.CreateHandler(httpClientName) }, disposeHandler: false);
            await socket.ConnectAsync(new UriBuilder(address) { Scheme = Uri.UriSchemeWs }.Uri, invoker, cancellationToken).ConfigureAwait(false);
            return socket;
        }
        catch (WebSocketException error) when (error.InnerException is StreamRefusedException refused)
        {
            socket.Dispose();
            throw new StreamRefusedException(refused.Message, error);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Undoes the <c>ws://</c> that a socket insists on, as only the address as it was configured can be resolved, and reads why a request is
    /// refused, of which a socket tells the number only.
    /// </summary>
    private sealed class AddressHandler(Uri address) : DelegatingHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            request.RequestUri = address;
            var answer = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
            if (answer.StatusCode != HttpStatusCode.BadRequest)
            {
                return answer;
            }

            using (answer)
            {
                await answer.Content.LoadIntoBufferAsync(LongestProblem, cancellationToken).ConfigureAwait(false);
                var problem = await answer.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
                throw new StreamRefusedException(
                    await MonitoringApiClient.SentenceAsync(problem, cancellationToken).ConfigureAwait(false) ?? "The node refuses the request.");
            }
        }
    }
}
