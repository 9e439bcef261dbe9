using System.IO.Pipelines;
using Nexus.Monitoring.Api.WebSockets;

namespace Nexus.Monitoring.Api.Tests.Fixtures;

/// <summary>A connection of which the test is the other end.</summary>
internal sealed class TwoWayStream : AsyncStream
{
    private readonly Pipe _arriving = new();
    private readonly MemoryStream _written = new();
    private readonly Lock _gate = new();

    /// <summary>All that was written so far.</summary>
    public byte[] Written
    {
        get
        {
            lock (_gate)
            {
                return _written.ToArray();
            }
        }
    }

    /// <summary>The other end sends this.</summary>
    public async Task ArriveAsync(byte[] bytes) => await _arriving.Writer.WriteAsync(bytes);

    /// <summary>The other end is gone.</summary>
    public void End() => _arriving.Writer.Complete();

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        _arriving.Reader.AsStream(leaveOpen: true).ReadAsync(buffer, cancellationToken);

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            _written.Write(buffer.Span);
        }

        return ValueTask.CompletedTask;
    }
}
