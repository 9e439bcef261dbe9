using Nexus.Monitoring.Contracts.Events;
using Nexus.Monitoring.Contracts.Filters;
using Nexus.Monitoring.Contracts.Frames;
using Nexus.Monitoring.Contracts.Log;

namespace Nexus.Testing.Delivery;

/// <summary>
/// Everything that one reader was sent over all its connections, to be judged by <see cref="DeliveryJudge"/>. Thread-safe, but entries
/// are to be written in the order in which they came.
/// </summary>
/// <param name="name">What a breach calls it.</param>
/// <param name="filter">What it asked for.</param>
/// <param name="hasIntervals">Whether its transport shows intervals; else nothing can be known of what lies between two events.</param>
public sealed class ReaderJournal(string name, EventFilter filter, bool hasIntervals)
{
    private readonly Lock _gate = new();
    private readonly List<JournalEntry> _entries = [];
    private readonly List<StreamFrame> _frames = [];
    private readonly List<MonitoringEvent> _events = [];
    private LogPosition? _cursor;

    public string Name => name;

    public EventFilter Filter => filter;

    public bool HasIntervals => hasIntervals;

    /// <summary>What the reader would come back with: everything up to here it was sent, or told that it will not be.</summary>
    public LogPosition? Cursor => Read(() => _cursor);

    /// <summary>The events so far.</summary>
    public IReadOnlyList<MonitoringEvent> Events => Read<IReadOnlyList<MonitoringEvent>>(() => [.. _events]);

    public int Count => Read(() => _events.Count);

    /// <summary>Frames other than events, as they came.</summary>
    public IReadOnlyList<StreamFrame> Frames => Read<IReadOnlyList<StreamFrame>>(() => [.. _frames]);

    public IEnumerable<GapFrame> Gaps => Frames.OfType<GapFrame>();

    internal IReadOnlyList<JournalEntry> Entries => Read<IReadOnlyList<JournalEntry>>(() => [.. _entries]);

    /// <summary>A connection is made with this cursor.</summary>
    public void Connect(LogPosition? cursor)
    {
        lock (_gate)
        {
            _entries.Add(new JournalEntry.Connected(cursor));
            _cursor = cursor;
        }
    }

    /// <summary>One event of a stream that shows no intervals, or the snapshot that such a stream begins with.</summary>
    public void Take(MonitoringEvent e)
    {
        ArgumentNullException.ThrowIfNull(e);
        var at = LogPosition.Parse(e.Cursor!);
        lock (_gate)
        {
            if (IsSnapshot(e))
            {
                _entries.Add(new JournalEntry.Began(at));
            }
            else
            {
                _events.Add(e);
                _entries.Add(new JournalEntry.Delivered(e.EventId, at));
            }

            _cursor = at;
        }
    }

    /// <summary>A frame of any type.</summary>
    public void Take(StreamFrame frame)
    {
        lock (_gate)
        {
            switch (frame)
            {
                case EventsFrame events:
                    _events.AddRange(events.Events);
                    _entries.Add(new JournalEntry.Interval(
                        events.After,
                        events.Upto,
                        [.. events.Events.Select(e => new JournalEntry.Delivered(e.EventId, LogPosition.Parse(e.Cursor!)))]));
                    _cursor = events.Upto;
                    return;
                case GapFrame gap:
                    _entries.Add(new JournalEntry.Gap(gap.After, gap.Upto, gap.Reason));
                    _cursor = gap.Upto;
                    break;
                case PingFrame { Cursor: { } ping }:
                    MoveTo(ping);
                    break;
                case PongFrame { Cursor: { } pong }:
                    MoveTo(pong);
                    break;
                case ResumedFrame resumed:
                    _entries.Add(new JournalEntry.Resumed(resumed.After));
                    break;
            }

            _frames.Add(frame);
        }
    }

    public override string ToString() => Name;

    private void MoveTo(LogPosition at)
    {
        _entries.Add(new JournalEntry.SentUpto(at));
        _cursor = at;
    }

    private static bool IsSnapshot(MonitoringEvent e) =>
        e.EventType == EventTypes.StatsSnapshot && e.Meta is { } meta && meta.TryGetProperty("snapshot", out var isSnapshot) && isSnapshot.GetBoolean();

    private T Read<T>(Func<T> read)
    {
        lock (_gate)
        {
            return read();
        }
    }
}
