using System.Net;
using System.Net.Sockets;

namespace Nexus.Redis.Hosting;

internal static class LoopbackPort
{
    /// <summary>Refuses a port that is taken before data is read, which may take seconds; for 0 returns one that is free.</summary>
    public static int Reserve(int port)
    {
        try
        {
            using var probe = new TcpListener(IPAddress.Loopback, port);
            probe.Start();
            return ((IPEndPoint)probe.LocalEndpoint).Port;
        }
        catch (SocketException error)
        {
            throw Refused(port, error);
        }
    }

    public static EmbeddedRedisException Refused(int port, SocketException error) => new(
        error.SocketErrorCode == SocketError.AddressAlreadyInUse
            ? $"Port {port} on 127.0.0.1 is in use; stop the program that has it or choose another port with --port or NEXUS_REDIS_PORT."
            : $"Port {port} on 127.0.0.1 cannot be opened ({error.Message.TrimEnd('.')}); choose another port with --port or NEXUS_REDIS_PORT.",
        error);
}
