using Nexus.Monitoring.Contracts.Events;

namespace Nexus.Monitoring.Contracts.Stories;

/// <summary>One phase of a run, told from its events.</summary>
public sealed class PhaseStory(string name)
{
    private bool _hasBegun;

    /// <summary>For example <c>extraction</c>.</summary>
    public string Name { get; } = name;

    /// <summary><c>pending</c>, <c>processing</c>, <c>completed</c> or <c>failed</c>.</summary>
    public string Status { get; private set; } = EventStatuses.Pending;

    /// <summary>When it began, by the log's clock; its first task, where it did not say itself.</summary>
    public DateTimeOffset? StartedAt { get; private set; }

    /// <summary>When it ended, by the log's clock.</summary>
    public DateTimeOffset? EndedAt { get; private set; }

    /// <summary>How many tasks it will have, as announced by <c>counts.total</c>.</summary>
    public long? Announced { get; private set; }

    /// <summary>What went wrong.</summary>
    public string? Error { get; private set; }

    /// <summary>Whether it said that it began and never that it ended.</summary>
    internal bool IsUnended => Status == EventStatuses.Processing && _hasBegun;

    internal void Touch(DateTimeOffset at)
    {
        if (StartedAt is null)
        {
            (StartedAt, Status) = (at, EventStatuses.Processing);
        }
    }

    internal void Apply(MonitoringEvent e, DateTimeOffset at)
    {
        if (e.Counts is { } counts && counts.TryGetValue("total", out var total))
        {
            Announced = total;
        }

        Touch(at);
        Error = e.Error ?? Error;
        (Status, EndedAt) = e.EventType switch
        {
            // Its end came first
            EventTypes.PhaseStarted when EndedAt is not null && !_hasBegun => (Status, EndedAt),
            EventTypes.PhaseStarted => (EventStatuses.Processing, null),
            EventTypes.PhaseCompleted => (EventStatuses.Completed, at),
            EventTypes.PhaseFailed => (EventStatuses.Failed, at),
            _ => (Status, EndedAt),
        };
        _hasBegun |= e.EventType == EventTypes.PhaseStarted && EndedAt is null;
    }
}
