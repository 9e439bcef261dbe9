using Nexus.Monitoring.Contracts.Events;
using Nexus.Monitoring.Contracts.Log;
using Nexus.Monitoring.Web.Live;

namespace Nexus.Monitoring.Web.Events;

/// <summary>
/// One viewer's list: the newest events that match, oldest first, at most <see cref="EventLog.Capacity"/>. It looks at each
/// event once. Held still, it counts what waits instead of showing it.
/// </summary>
internal sealed class EventTail
{
    private readonly int _capacity;
    private List<MonitoringEvent> _rows = [];
    private Func<MonitoringEvent, bool> _matches = static _ => true;
    private LogPosition? _after;
    private long _seen;
    private EventLog? _log;
    private bool _isTorn;

    public EventTail(int capacity = EventLog.Capacity) => _capacity = capacity;

    public int Count => _rows.Count;

    /// <summary>Matching events that arrived since the list was held still.</summary>
    public long Waiting { get; private set; }

    public bool IsHeld { get; private set; }

    /// <summary>Rows that the last update added.</summary>
    public int Added { get; private set; }

    /// <summary>0 is the newest.</summary>
    public MonitoringEvent this[int age] => _rows[_rows.Count - 1 - age];

    /// <summary>
    /// Everything that matches and came after this position is in the list; what came before, or at it, only the history knows. Null while
    /// nothing was seen.
    /// </summary>
    public LogPosition? Floor { get; private set; }

    /// <returns>Whether what is shown, or the number that waits, changed.</returns>
    public bool Update(EventLogView log)
    {
        if (log.Log != _log)
        {
            // The viewer has gone to another time: nothing of this list belongs to it.
            _log = log.Log;
            Rescan(log);
            return true;
        }

        if (_seen < log.Start)
        {
            // Nobody looked for so long that events have left the memory: those shown no longer adjoin those that are there.
            if (!IsHeld)
            {
                Rescan(log);
                return true;
            }

            _isTorn = true;
        }

        var waiting = Waiting;
        Added = 0;
        for (var i = Math.Max(_seen, log.Start); i < log.End; i++)
        {
            Floor ??= Before(log[i]);
            if (!_matches(log[i]) || (_after is { } after && Position(log[i]) <= after))
            {
                continue;
            }

            if (IsHeld)
            {
                Waiting++;
            }
            else
            {
                _rows.Add(log[i]);
                Added++;
            }
        }

        _seen = Math.Max(_seen, log.End);
        // Trimmed in lumps, so that the cost per event stays constant.
        if (_rows.Count > _capacity + (_capacity / 4))
        {
            Floor = Position(_rows[_rows.Count - _capacity - 1]);
            _rows.RemoveRange(0, _rows.Count - _capacity);
        }

        return Added > 0 || waiting != Waiting;
    }

    /// <summary>Begins anew.</summary>
    /// <param name="matches">Which events belong to the list.</param>
    /// <param name="log">What is in memory.</param>
    /// <param name="after">What is in memory is whole from here on only; null where it has no gap.</param>
    public void Show(Func<MonitoringEvent, bool> matches, EventLogView log, LogPosition? after = null)
    {
        (_matches, _after) = (matches, after);
        Rescan(log);
    }

    public void Hold() => IsHeld = true;

    public void Release(EventLogView log)
    {
        IsHeld = false;
        if (Waiting > 0 || _isTorn)
        {
            Rescan(log);
        }
    }

    private void Rescan(EventLogView log)
    {
        var held = IsHeld;
        IsHeld = false;
        _rows = [];
        _seen = log.Start;
        _isTorn = false;
        Waiting = 0;
        Floor = log.Start < log.End && Before(log[log.Start]) is var first && !(first < _after) ? first : _after;
        Update(log);
        IsHeld = held;
    }

    private static LogPosition Position(MonitoringEvent entry) =>
        LogPosition.TryParse(entry.Cursor, out var position) ? position : LogPosition.Start;

    private static LogPosition Before(MonitoringEvent entry) => Position(entry) switch
    {
        { Sequence: > 0 } position => position with { Sequence = position.Sequence - 1 },
        { Milliseconds: > 0 } position => new LogPosition(position.Milliseconds - 1, ulong.MaxValue),
        var start => start,
    };
}
