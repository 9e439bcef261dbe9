namespace Nexus.Monitoring.Client.Publishing;

/// <summary>Makes batches of what waits, and gives account of them to the buffer. Used by the sender alone.</summary>
internal sealed class BatchBuilder(EventBuffer buffer, EventEncoder encoder, DropReporter reporter, PublisherSettings settings)
{
    private readonly List<PendingEvent> _taken = [];

    /// <summary>The next batch, empty when nothing waits.</summary>
    /// <param name="isLast">Whether the process stops, so that drops are reported now or never.</param>
    public EventBatch Next(bool isLast)
    {
        _taken.Clear();
        buffer.Take(_taken, settings.BatchSize);
        var encoded = new List<EncodedEvent>(_taken.Count + 1);
        foreach (var pending in _taken)
        {
            if (encoder.TryEncode(pending, out var one) is { } problem)
            {
                buffer.Reject(problem, pending.Sequence);
            }
            else
            {
                encoded.Add(one);
            }
        }

        if (reporter.Create(isLast) is { } report)
        {
            encoded.Insert(0, report);
        }

        if (encoded.Count == 0)
        {
            buffer.Settle(0);
        }

        return new EventBatch(encoded);
    }

    /// <summary>The batch is in the log, except what the receiver refused.</summary>
    public void Settle(EventBatch batch, BatchAnswer answer)
    {
        var sent = 0;
        for (var i = 0; i < batch.Events.Count; i++)
        {
            var isReport = batch.Events[i].Sequence == 0;
            if (isReport)
            {
                reporter.MarkSent();
            }
            else if (answer.Refused?.Contains(i) == true)
            {
                buffer.Reject(DropReasons.Rejected, batch.Events[i].Sequence);
            }
            else
            {
                sent++;
            }
        }

        buffer.Settle(sent);
    }

    /// <summary>The batch will not be tried again.</summary>
    public void Abandon(EventBatch batch)
    {
        foreach (var one in batch.Events)
        {
            if (one.Sequence != 0)
            {
                buffer.Reject(DropReasons.Shutdown, one.Sequence);
            }
        }

        buffer.Settle(0);
    }
}
