using Nexus.Monitoring.Api.Handover;

namespace Nexus.Monitoring.Api.Hosting;

internal static class KestrelExtensions
{
    /// <summary>
    /// A write completes once the socket has it, so that what a stream counts as sent is not still in a buffer of ours, and frames may go to
    /// the socket itself right after the answer to a handshake.
    /// </summary>
    private const int HoldNothingBack = 1;

    /// <summary>Clients that all come back at once after a restart; the system may allow fewer (<c>net.core.somaxconn</c>).</summary>
    private const int Backlog = 16_384;

    public static void UseStreamingTransport(this WebApplicationBuilder builder)
    {
        builder.WebHost.UseSockets(sockets =>
        {
            sockets.MaxWriteBufferSize = HoldNothingBack;
            sockets.Backlog = Backlog;
        });
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.ConfigureEndpointDefaults(endpoint => endpoint.Use(ConnectionHandover.Use)));
    }
}
