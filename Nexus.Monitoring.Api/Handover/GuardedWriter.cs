using System.IO.Pipelines;

namespace Nexus.Monitoring.Api.Handover;

/// <summary>Passes everything on, but the end of a connection that is kept.</summary>
internal sealed class GuardedWriter(PipeWriter writer) : PipeWriter
{
    public bool IsKept { get; set; }

    public override bool CanGetUnflushedBytes => writer.CanGetUnflushedBytes;

    public override long UnflushedBytes => writer.UnflushedBytes;

    public override void Advance(int bytes) => writer.Advance(bytes);

    public override Memory<byte> GetMemory(int sizeHint = 0) => writer.GetMemory(sizeHint);

    public override Span<byte> GetSpan(int sizeHint = 0) => writer.GetSpan(sizeHint);

    public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default) => writer.FlushAsync(cancellationToken);

    public override ValueTask<FlushResult> WriteAsync(ReadOnlyMemory<byte> source, CancellationToken cancellationToken = default) =>
        writer.WriteAsync(source, cancellationToken);

    public override void CancelPendingFlush() => writer.CancelPendingFlush();

    public override void Complete(Exception? exception = null)
    {
        if (!IsKept)
        {
            writer.Complete(exception);
        }
    }
}
