namespace Nexus.Monitoring.Client.Publishing;

/// <summary>Makes batches of what waits, and gives account of them to the buffer. Used by the sender alone.</summary>
internal sealed class BatchBuilder(EventBuffer buffer, EventEncoder encoder, DropReporter reporter, int maxBatchBytes)
{
    /// <summary>Enough to make the round trip negligible, and little enough to keep a transaction below some milliseconds.</summary>
    private const int MostEvents = 2_000;

    private readonly List<PendingEvent> _taken = [];

    /// <summary>Kept from batch to batch: a full one is so large that the collector would look at all that lives for each.</summary>
    private readonly EventBatch _batch = new();

    /// <summary>Encoded, but too much for the batch before; at most <see cref="MostEvents"/>.</summary>
    private readonly Queue<EncodedEvent> _left = new();

    /// <summary>The next batch, empty when nothing waits; it is that until the call after.</summary>
    /// <param name="isLast">Whether the process stops, so that drops are reported now or never.</param>
    public EventBatch Next(bool isLast)
    {
        if (_left.Count == 0)
        {
            TakeAndEncode();
        }

        _batch.Clear();
        if (reporter.Create(isLast) is { } report)
        {
            _batch.Add(report);
        }

        var bytes = 0;
        while (_left.TryPeek(out var next) && (bytes == 0 || bytes + next.Json.Length <= maxBatchBytes))
        {
            bytes += next.Json.Length;
            _batch.Add(_left.Dequeue());
        }

        if (_batch.Events.Count == 0)
        {
            // All that was taken, if anything, has been rejected.
            buffer.Settle(0);
        }

        return _batch;
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
        foreach (var one in batch.Events.Concat(_left))
        {
            if (one.Sequence != 0)
            {
                buffer.Reject(DropReasons.Shutdown, one.Sequence);
            }
        }

        _left.Clear();
        buffer.Settle(0);
    }

    private void TakeAndEncode()
    {
        _taken.Clear();
        buffer.Take(_taken, MostEvents);
        foreach (var pending in _taken)
        {
            if (encoder.TryEncode(pending, out var encoded) is { } problem)
            {
                buffer.Reject(problem, pending.Sequence);
            }
            else
            {
                _left.Enqueue(encoded);
            }
        }
    }
}
