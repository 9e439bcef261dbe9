using Nexus.Monitoring.Contracts.Events;
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
    private EventQuery _query = EventQuery.All;
    private long _seen;
    private EventLog? _log;

    public EventTail(int capacity = EventLog.Capacity) => _capacity = capacity;

    public int Count => _rows.Count;

    /// <summary>Matching events that arrived since the list was held still.</summary>
    public long Waiting { get; private set; }

    public bool IsHeld { get; private set; }

    /// <summary>Rows that the last update added.</summary>
    public int Added { get; private set; }

    /// <summary>0 is the newest.</summary>
    public MonitoringEvent this[int age] => _rows[_rows.Count - 1 - age];

    public EventQuery Query => _query;

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

        var waiting = Waiting;
        Added = 0;
        for (var i = Math.Max(_seen, log.Start); i < log.End; i++)
        {
            if (!_query.Matches(log[i]))
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
            _rows.RemoveRange(0, _rows.Count - _capacity);
        }

        return Added > 0 || waiting != Waiting;
    }

    public void Show(EventQuery query, EventLogView log)
    {
        if (query != _query)
        {
            _query = query;
            Rescan(log);
        }
    }

    public void Hold() => IsHeld = true;

    public void Release(EventLogView log)
    {
        IsHeld = false;
        if (Waiting > 0)
        {
            Rescan(log);
        }
    }

    private void Rescan(EventLogView log)
    {
        var held = IsHeld;
        IsHeld = false;
        _rows = [];
        _seen = 0;
        Waiting = 0;
        Update(log);
        IsHeld = held;
    }
}
