using Nexus.Monitoring.Contracts.Events;

namespace Nexus.Monitoring.Contracts.Filters;

/// <summary>The fields of an event that filters look at.</summary>
/// <param name="EventType"><c>event_type</c></param>
/// <param name="ProjectId"><c>project_id</c></param>
/// <param name="TaskId"><c>task_id</c></param>
/// <param name="ParentTaskId"><c>parent_task_id</c></param>
public readonly record struct EventKeys(string EventType, string? ProjectId, string? TaskId, string? ParentTaskId)
{
    /// <summary>The keys of <paramref name="monitoringEvent"/>.</summary>
    public static EventKeys Of(MonitoringEvent monitoringEvent)
    {
        ArgumentNullException.ThrowIfNull(monitoringEvent);
        return new(monitoringEvent.EventType, monitoringEvent.ProjectId, monitoringEvent.TaskId, monitoringEvent.ParentTaskId);
    }
}
