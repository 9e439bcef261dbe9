using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Nexus.Testing.Network;

/// <summary>
/// A bad network on loopback: carries connections to a port and cuts, delays, pauses or slices what they carry, as the test says. What
/// is set holds for open connections too.
/// </summary>
public sealed class TcpProxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stopping = new();
    private readonly ConcurrentDictionary<ProxiedConnection, byte> _connections = new();
    private readonly Task _accepting;
    private long _accepted;

    private TcpProxy(int targetPort)
    {
        TargetPort = targetPort;
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _accepting = AcceptAsync();
    }

    public int Port { get; }

    /// <summary>Where the next connection goes.</summary>
    public int TargetPort { get; set; }

    /// <summary>A connection that comes is closed at once.</summary>
    public bool IsDown { get; set; }

    /// <summary>What servers say.</summary>
    public ProxyFlow ToClient { get; } = new();

    /// <summary>What clients say.</summary>
    public ProxyFlow ToServer { get; } = new();

    /// <summary>Connections that were accepted so far.</summary>
    public long Accepted => Interlocked.Read(ref _accepted);

    public static TcpProxy Start(int targetPort) => new(targetPort);

    /// <summary>Resets every connection: what was on its way is gone, and neither side is told why.</summary>
    public void Cut()
    {
        foreach (var connection in _connections.Keys)
        {
            connection.Cut();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        _listener.Stop();
        await _accepting;
        Cut();
        await Eventually.IsTrueAsync(() => _connections.IsEmpty, "the proxy's connections end");
        _stopping.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!_stopping.IsCancellationRequested)
        {
            try
            {
                var client = await _listener.AcceptSocketAsync(_stopping.Token);
                Interlocked.Increment(ref _accepted);
                if (IsDown)
                {
                    client.Dispose();
                    continue;
                }

                var connection = new ProxiedConnection(client, this);
                _connections.TryAdd(connection, 0);
                _ = RunAsync(connection);
            }
            catch (Exception error) when (error is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                // The listener was stopped, or the client left before it was accepted.
            }
        }
    }

    private async Task RunAsync(ProxiedConnection connection)
    {
        using (connection)
        {
            await connection.RunAsync();
            _connections.TryRemove(connection, out _);
        }
    }
}
