using System.IO.Pipelines;

namespace Nexus.Monitoring.Api.WebSockets;

/// <summary>A connection's two pipes as one stream.</summary>
internal sealed class DuplexStream(IDuplexPipe pipes) : AsyncStream
{
    private readonly Stream _input = pipes.Input.AsStream(leaveOpen: true);

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        _input.ReadAsync(buffer, cancellationToken);

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
        await pipes.Output.WriteAsync(buffer, cancellationToken);
}
