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

    /// <summary>Opens <paramref name="pathAndQuery"/> at the base address.</summary>
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
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Undoes the <c>ws://</c> that a socket insists on: only the address as it was configured can be resolved.</summary>
    private sealed class AddressHandler(Uri address) : DelegatingHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            request.RequestUri = address;
            return base.SendAsync(request, cancellationToken);
        }
    }
}
