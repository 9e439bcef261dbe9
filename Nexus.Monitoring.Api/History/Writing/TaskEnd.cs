using Nexus.Monitoring.Contracts.Events;
using Nexus.Monitoring.Contracts.Log;

namespace Nexus.Monitoring.Api.History.Writing;

/// <summary>Where a task ended, and what tells an event that was overtaken by that end from one that opens the task again.</summary>
internal readonly record struct TaskEnd(LogPosition Position, DateTimeOffset ProducedAt, string? Source, int Attempt)
{
    /// <summary>As the live state judges it: the same attempt by its own count, and sent before by the same sender.</summary>
    public bool HasOvertaken(MonitoringEvent e) =>
        e.EventType is EventTypes.TaskEnqueued or EventTypes.TaskStarted
        && e.RetryCount < Attempt && e.Source is not null && e.Source == Source && e.Timestamp <= ProducedAt;
}
