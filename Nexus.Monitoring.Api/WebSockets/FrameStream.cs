namespace Nexus.Monitoring.Api.WebSockets;

/// <summary>
/// The connection as a <see cref="System.Net.WebSockets.WebSocket"/> sees it, which reads, and answers pings and closes: it writes each frame
/// with one call, so its frames and those of the stream do not mix.
/// </summary>
internal sealed class FrameStream(Stream connection, FrameOutput output) : AsyncStream
{
    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        connection.ReadAsync(buffer, cancellationToken);

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
        output.SendAsync(buffer);
}
