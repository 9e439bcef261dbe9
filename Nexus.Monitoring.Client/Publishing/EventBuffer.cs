using System.Diagnostics;
using Nexus.Monitoring.Contracts.Events;

namespace Nexus.Monitoring.Client.Publishing;

/// <summary>
/// The events that wait, at most <paramref name="capacity"/>. Two queues, so that a full buffer gives up heartbeats and stats before
/// anything else; sequence numbers restore the order between them. One lock, held for a few instructions: a caller never waits for
/// I/O. What is taken counts as pending until it is settled.
/// </summary>
internal sealed class EventBuffer(int capacity)
{
    private readonly Lock _lock = new();
    private readonly Queue<PendingEvent> _ordinary = new();
    private readonly Queue<PendingEvent> _expendable = new();
    private readonly List<FlushWait> _flushes = [];
    private readonly DropCounter _drops = new();
    private TaskCompletionSource? _arrival;
    private long _accepted;
    private long _sent;
    private long _taken;
    private bool _closed;

    /// <summary>Raised under no lock, with the reason, after an event was dropped.</summary>
    public Action<string>? OnDropped { get; init; }

    public void Add(MonitoringEvent monitoringEvent, Activity? activity)
    {
        string? dropped = null;
        TaskCompletionSource? arrival = null;
        lock (_lock)
        {
            var pending = new PendingEvent(++_accepted, monitoringEvent, activity);
            var queue = IsExpendable(monitoringEvent.EventType) ? _expendable : _ordinary;
            if (_closed)
            {
                Drop(dropped = DropReasons.Shutdown, pending.Sequence);
            }
            else if (_ordinary.Count + _expendable.Count < capacity)
            {
                queue.Enqueue(pending);
            }
            else
            {
                // A heartbeat never pushes out anything but an older heartbeat.
                dropped = DropReasons.Overflow;
                if (_expendable.TryDequeue(out var victim) || (queue == _ordinary && _ordinary.TryDequeue(out victim)))
                {
                    queue.Enqueue(pending);
                    Drop(dropped, victim.Sequence);
                }
                else
                {
                    Drop(dropped, pending.Sequence);
                }
            }

            (arrival, _arrival) = (_arrival, null);
        }

        arrival?.TrySetResult();
        if (dropped is not null)
        {
            OnDropped?.Invoke(dropped);
        }
    }

    /// <summary>Counts an event that never came in, or one that was taken and cannot be sent.</summary>
    /// <param name="reason">One of <see cref="DropReasons"/>.</param>
    /// <param name="taken">The sequence of the event that was taken; null for one that is refused at the door.</param>
    public void Reject(string reason, long? taken = null)
    {
        TaskCompletionSource? arrival;
        lock (_lock)
        {
            if (taken is null)
            {
                _accepted++;
            }
            else
            {
                _taken--;
            }

            Drop(reason, taken ?? _accepted);
            (arrival, _arrival) = (_arrival, null);
        }

        arrival?.TrySetResult();
        OnDropped?.Invoke(reason);
    }

    /// <summary>Moves up to <paramref name="most"/> events, oldest first, into <paramref name="batch"/>.</summary>
    public void Take(List<PendingEvent> batch, int most)
    {
        lock (_lock)
        {
            for (; most > 0; most--)
            {
                var hasOrdinary = _ordinary.TryPeek(out var ordinary);
                var hasExpendable = _expendable.TryPeek(out var expendable);
                if (!hasOrdinary && !hasExpendable)
                {
                    return;
                }

                batch.Add(!hasExpendable || (hasOrdinary && ordinary.Sequence < expendable.Sequence)
                    ? _ordinary.Dequeue()
                    : _expendable.Dequeue());
                _taken++;
            }
        }
    }

    /// <summary>Of the events that were taken, <paramref name="sent"/> more are in the log.</summary>
    public void Settle(int sent)
    {
        lock (_lock)
        {
            _sent += sent;
            _taken -= sent;
            SettleFlushes();
        }
    }

    /// <summary>Completes when an event waits, one was rejected, or the buffer is closed.</summary>
    public Task WaitAsync()
    {
        lock (_lock)
        {
            if (_ordinary.Count + _expendable.Count > 0 || _closed)
            {
                return Task.CompletedTask;
            }

            _arrival ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return _arrival.Task;
        }
    }

    /// <summary>A wait that is over when everything accepted so far has left; the caller gives it back to <see cref="Forget"/>.</summary>
    public FlushWait Flush()
    {
        lock (_lock)
        {
            var wait = new FlushWait(_accepted);
            if (!wait.Settle(Settled))
            {
                _flushes.Add(wait);
            }

            return wait;
        }
    }

    public void Forget(FlushWait wait)
    {
        lock (_lock)
        {
            _flushes.Remove(wait);
        }
    }

    /// <summary>From now on everything that comes is dropped, and so is what still waits if <paramref name="dropWaiting"/>.</summary>
    public void Close(bool dropWaiting)
    {
        var dropped = 0;
        TaskCompletionSource? arrival;
        lock (_lock)
        {
            _closed = true;
            if (dropWaiting)
            {
                foreach (var queue in new[] { _ordinary, _expendable })
                {
                    while (queue.TryDequeue(out var pending))
                    {
                        Drop(DropReasons.Shutdown, pending.Sequence);
                        dropped++;
                    }
                }

                SettleFlushes();
            }

            (arrival, _arrival) = (_arrival, null);
        }

        arrival?.TrySetResult();
        for (; dropped > 0; dropped--)
        {
            OnDropped?.Invoke(DropReasons.Shutdown);
        }
    }

    /// <summary>The drops that no report has told of; null when there are none.</summary>
    public IReadOnlyDictionary<string, long>? UnreportedDrops()
    {
        lock (_lock)
        {
            return _drops.Unreported == 0 ? null : _drops.UnreportedByReason();
        }
    }

    /// <summary>A report with these counts is in the log. It counts as accepted and sent, as any other event.</summary>
    public void MarkReported(IReadOnlyDictionary<string, long> counts)
    {
        lock (_lock)
        {
            _drops.MarkReported(counts);
            _accepted++;
            _sent++;
        }
    }

    public PublisherStatistics Statistics()
    {
        lock (_lock)
        {
            return new PublisherStatistics
            {
                Accepted = _accepted,
                Sent = _sent,
                Pending = _ordinary.Count + _expendable.Count + _taken,
                Dropped = _drops.Totals(),
            };
        }
    }

    public long Pending
    {
        get
        {
            lock (_lock)
            {
                return _ordinary.Count + _expendable.Count + _taken;
            }
        }
    }

    private static bool IsExpendable(string eventType) => eventType == EventTypes.WorkerHeartbeat || EventTypes.IsStats(eventType);

    /// <summary>Everything up to here has left. While events are taken nobody knows which of them have, so nothing counts as settled.</summary>
    private long Settled => _taken > 0 ? 0
        : Math.Min(
            _ordinary.TryPeek(out var ordinary) ? ordinary.Sequence - 1 : _accepted,
            _expendable.TryPeek(out var expendable) ? expendable.Sequence - 1 : _accepted);

    private void Drop(string reason, long sequence)
    {
        _drops.Add(reason);
        foreach (var wait in _flushes)
        {
            wait.Dropped(sequence);
        }
    }

    private void SettleFlushes()
    {
        var settled = Settled;
        _flushes.RemoveAll(wait => wait.Settle(settled));
    }
}
