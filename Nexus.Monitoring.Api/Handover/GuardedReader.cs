using System.IO.Pipelines;

namespace Nexus.Monitoring.Api.Handover;

/// <summary>Passes everything on, but the end of a connection that is kept.</summary>
internal sealed class GuardedReader(PipeReader reader) : PipeReader
{
    public bool IsKept { get; set; }

    public override bool TryRead(out ReadResult result) => reader.TryRead(out result);

    public override ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken = default) => reader.ReadAsync(cancellationToken);

    public override void AdvanceTo(SequencePosition consumed) => reader.AdvanceTo(consumed);

    public override void AdvanceTo(SequencePosition consumed, SequencePosition examined) => reader.AdvanceTo(consumed, examined);

    public override void CancelPendingRead() => reader.CancelPendingRead();

    public override void Complete(Exception? exception = null)
    {
        if (!IsKept)
        {
            reader.Complete(exception);
        }
    }

    protected override ValueTask<ReadResult> ReadAtLeastAsyncCore(int minimumSize, CancellationToken cancellationToken) =>
        reader.ReadAtLeastAsync(minimumSize, cancellationToken);
}
