using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Nexus.Testing;

/// <summary>
/// A loopback port for programs that cannot choose one themselves: free a moment ago, never given out twice by this process, and not among those that
/// the kernel takes for outgoing connections, of which many are opened between here and the moment at which the program listens.
/// </summary>
public static class FreePort
{
    private const int First = 15_000;

    /// <summary>Where Linux begins with ports of its own choice (net.ipv4.ip_local_port_range).</summary>
    private const int End = 32_768;

    private static readonly ConcurrentDictionary<int, bool> Given = [];

    public static int Next()
    {
        while (true)
        {
            var port = Random.Shared.Next(First, End);
            if (Given.TryAdd(port, true) && IsFree(port))
            {
                return port;
            }
        }
    }

    private static bool IsFree(int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
            return true;
        }
        catch (SocketException taken) when (taken.SocketErrorCode == SocketError.AddressAlreadyInUse)
        {
            return false;
        }
    }
}
