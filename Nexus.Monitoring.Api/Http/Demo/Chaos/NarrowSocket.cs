using System.Net.Sockets;

namespace Nexus.Monitoring.Api.Http.Demo.Chaos;

/// <summary>A connection whose reader takes in no more than it says; systems give others up to 32 MB.</summary>
internal static class NarrowSocket
{
    /// <param name="context">Where to.</param>
    /// <param name="receiveBytes">Size of the buffer that the system receives into.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    public static async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, int receiveBytes, CancellationToken cancellationToken)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { ReceiveBufferSize = receiveBytes, NoDelay = true };
        try
        {
            await socket.ConnectAsync(context.DnsEndPoint, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
