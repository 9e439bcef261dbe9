using Nexus.Monitoring.Contracts.Events;
using Nexus.Monitoring.Contracts.Frames;
using Nexus.Monitoring.Contracts.Log;

namespace Nexus.Testing.Fleet;

/// <summary>The log in memory: gives each event its position and wakes who waits. Thread-safe; as long as the test wants.</summary>
public sealed class MemoryLog
{
    private readonly Lock _gate = new();
    private readonly List<(LogPosition Position, MonitoringEvent Event)> _entries = [];
    private TaskCompletionSource _appended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public LogPosition Head { get; private set; }

    /// <summary>Appends at the time of the event, as a log with the same clock would have.</summary>
    public MonitoringEvent Append(MonitoringEvent monitoringEvent)
    {
        TaskCompletionSource appended;
        MonitoringEvent entry;
        lock (_gate)
        {
            var at = LogPosition.At(monitoringEvent.Timestamp);
            Head = at > Head ? at : Head with { Sequence = Head.Sequence + 1 };
            entry = monitoringEvent with { Cursor = Head.ToString() };
            _entries.Add((Head, entry));
            (appended, _appended) = (_appended, new(TaskCreationOptions.RunContinuationsAsynchronously));
        }

        appended.TrySetResult();
        return entry;
    }

    public (IReadOnlyList<MonitoringEvent> Events, LogPosition Upto) After(LogPosition position, int most = int.MaxValue)
    {
        lock (_gate)
        {
            var low = IndexAfter(position);
            var count = Math.Min(most, _entries.Count - low);
            return count == 0
                ? ([], position)
                : ([.. _entries.GetRange(low, count).Select(entry => entry.Event)], _entries[low + count - 1].Position);
        }
    }

    /// <summary>The newest entries up to and including <paramref name="upto"/>, as <c>GET /api/events</c> answers.</summary>
    public EventsFrame Back(LogPosition upto, int most)
    {
        lock (_gate)
        {
            var end = IndexAfter(upto);
            var start = Math.Max(0, end - most);
            return new EventsFrame
            {
                After = start == 0 ? LogPosition.Start : _entries[start - 1].Position,
                Upto = upto,
                Events = [.. _entries.GetRange(start, end - start).Select(entry => entry.Event)],
            };
        }
    }

    public Task AppendedAfterAsync(LogPosition position, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            return Head > position ? Task.CompletedTask : _appended.Task.WaitAsync(cancellationToken);
        }
    }

    private int IndexAfter(LogPosition position)
    {
        var low = 0;
        var high = _entries.Count;
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = _entries[middle].Position <= position ? (middle + 1, high) : (low, middle);
        }

        return low;
    }
}
