using Nexus.Monitoring.Contracts.Events;
using Nexus.Monitoring.Contracts.Filters;
using Nexus.Monitoring.Contracts.Log;

namespace Nexus.Testing.Delivery;

/// <summary>What producers published, and what of it they were told is in the log. Thread-safe.</summary>
public sealed class DeliveryLedger
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, MonitoringEvent> _published = [];
    private readonly List<AcknowledgedEvent> _acknowledged = [];

    /// <summary>Ids in the order in which the answers came.</summary>
    public IReadOnlyList<string> AcknowledgedIds
    {
        get
        {
            lock (_gate)
            {
                return [.. _acknowledged.Select(one => one.EventId)];
            }
        }
    }

    public int AcknowledgedCount
    {
        get
        {
            lock (_gate)
            {
                return _acknowledged.Count;
            }
        }
    }

    /// <summary>The furthest position that was acknowledged and passes the filter.</summary>
    public LogPosition Last(EventFilter filter)
    {
        ArgumentNullException.ThrowIfNull(filter);
        lock (_gate)
        {
            return _acknowledged.Where(one => one.IsWantedBy(filter)).Max(one => one.At) ?? LogPosition.Start;
        }
    }

    /// <summary>A producer is about to publish it.</summary>
    public void Publish(MonitoringEvent e)
    {
        ArgumentNullException.ThrowIfNull(e);
        lock (_gate)
        {
            _published[e.EventId] = e;
        }
    }

    /// <summary>A producer was told that its event is in the log.</summary>
    /// <param name="eventId">Which one.</param>
    /// <param name="at">Where; null when the producer was not told.</param>
    public void Acknowledge(string eventId, LogPosition? at)
    {
        lock (_gate)
        {
            _acknowledged.Add(new AcknowledgedEvent(eventId, at, _published.GetValueOrDefault(eventId)));
        }
    }

    internal (IReadOnlyList<AcknowledgedEvent> Acknowledged, IReadOnlyDictionary<string, MonitoringEvent> Published) Copy()
    {
        lock (_gate)
        {
            return ([.. _acknowledged], new Dictionary<string, MonitoringEvent>(_published));
        }
    }

    internal sealed record AcknowledgedEvent(string EventId, LogPosition? At, MonitoringEvent? Event)
    {
        public bool IsWantedBy(EventFilter filter) =>
            Event is { } e ? filter.Matches(e, At?.Time ?? e.Timestamp) : filter.MatchesAll;
    }
}
