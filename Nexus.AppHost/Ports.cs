using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Configuration;

namespace Nexus.AppHost;

/// <summary>Ports that people and bookmarks know. Each can be changed in the configuration; a test runs on free ones.</summary>
internal static class Ports
{
    public static int StatedPort(this IDistributedApplicationBuilder builder, string key, int usual)
    {
        var stated = builder.Configuration[key];
        if (!int.TryParse(stated ?? usual.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture, out var port) || port is < 1 or > 65535)
        {
            throw new DistributedApplicationException($"{key} is '{stated}'; it must be a port, from 1 to 65535.");
        }

        if (!builder.Configuration.GetValue("DcpPublisher:RandomizePorts", false))
        {
            builder.OnBeforeStart((_, _) => IsFree(port)
                ? Task.CompletedTask
                : throw new DistributedApplicationException(
                    $"Port {port} is in use by another program: stop that program, or choose another port with --{key}=<port>."));
        }

        return port;
    }

    /// <summary>Kestrel binds both loopback addresses for <c>localhost</c>, so both must be free.</summary>
    private static bool IsFree(int port) => CanListen(IPAddress.Loopback, port) && (!Socket.OSSupportsIPv6 || CanListen(IPAddress.IPv6Loopback, port));

    private static bool CanListen(IPAddress address, int port)
    {
        using var listener = new TcpListener(address, port);
        try
        {
            listener.Start();
            return true;
        }
        catch (SocketException problem)
        {
            return problem.SocketErrorCode != SocketError.AddressAlreadyInUse;
        }
    }
}
