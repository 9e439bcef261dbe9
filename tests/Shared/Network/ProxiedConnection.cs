using System.Net;
using System.Net.Sockets;

namespace Nexus.Testing.Network;

/// <summary>One connection through the proxy: two flows that live as long as both ends do.</summary>
internal sealed class ProxiedConnection(Socket client, TcpProxy proxy) : IDisposable
{
    /// <summary>Little, so that a server feels a pause before it has sent megabytes.</summary>
    private const int ReceiveBytes = 64 * 1024;

    private readonly Socket _server = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp)
    {
        NoDelay = true,
        ReceiveBufferSize = ReceiveBytes,
    };

    private readonly CancellationTokenSource _cut = new();

    /// <summary>Never throws: a connection that breaks is what the proxy is for.</summary>
    public async Task RunAsync()
    {
        client.NoDelay = true;
        try
        {
            await _server.ConnectAsync(IPAddress.Loopback, proxy.TargetPort, _cut.Token);
            await Task.WhenAll(
                CarryAsync(proxy.ToServer, client, _server),
                CarryAsync(proxy.ToClient, _server, client));
        }
        catch (Exception error) when (IsEnd(error))
        {
            // Nobody listens there, or it was cut meanwhile.
        }
        finally
        {
            Close(client);
            Close(_server);
        }
    }

    public void Cut()
    {
        try
        {
            _cut.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // It has just ended by itself.
        }
    }

    public void Dispose()
    {
        client.Dispose();
        _server.Dispose();
        _cut.Dispose();
    }

    /// <summary>A flow that breaks takes the other one with it; one that ends in order leaves it half open.</summary>
    private async Task CarryAsync(ProxyFlow flow, Socket from, Socket to)
    {
        try
        {
            await flow.CarryAsync(from, to, _cut.Token);
            to.Shutdown(SocketShutdown.Send);
        }
        catch (Exception error) when (IsEnd(error))
        {
            await _cut.CancelAsync();
        }
    }

    /// <summary>With a linger time of zero, closing resets: the other side learns of it at once, and what it did not read is gone.</summary>
    private void Close(Socket socket)
    {
        if (_cut.IsCancellationRequested)
        {
            socket.LingerState = new LingerOption(true, 0);
        }

        socket.Dispose();
    }

    private static bool IsEnd(Exception error) => error is SocketException or OperationCanceledException or ObjectDisposedException;
}
