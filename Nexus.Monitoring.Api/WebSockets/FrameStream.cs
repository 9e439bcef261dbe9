namespace Nexus.Monitoring.Api.WebSockets;

/// <summary>
/// The connection as a <see cref="System.Net.WebSockets.WebSocket"/> sees it, which reads, and answers pings and closes: it writes each frame
/// with one call, so its frames and those of the stream do not mix.
/// </summary>
internal sealed class FrameStream(Stream connection, FrameOutput output) : AsyncStream
{
    /// <summary>In the first byte of a frame.</summary>
    private const int OpcodeMask = 0x0F;

    private const int CloseOpcode = 0x8;

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        connection.ReadAsync(buffer, cancellationToken);

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
        (buffer.Span[0] & OpcodeMask) == CloseOpcode ? output.SendLastAsync(buffer) : output.SendAsync(buffer);
}
