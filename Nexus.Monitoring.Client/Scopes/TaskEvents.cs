using System.Diagnostics;
using Nexus.Monitoring.Client.Publishing;
using Nexus.Monitoring.Client.Telemetry;
using Nexus.Monitoring.Contracts.Events;

namespace Nexus.Monitoring.Client.Scopes;

/// <summary>What all events and spans of a task have in common.</summary>
internal static class TaskEvents
{
    public static MonitoringEvent Create(IMonitoringPublisher publisher, string eventType, TaskDetails details) => publisher.NewEvent(eventType) with
    {
        TaskId = details.TaskId,
        ParentTaskId = details.RunId,
        ProjectId = details.ProjectId,
        TaskType = details.TaskType,
        Phase = details.Phase,
        WorkerId = details.WorkerId,
        RetryCount = details.RetryCount,
    };

    public static Activity? Tag(Activity? activity, TaskDetails details)
    {
        if (activity is { IsAllDataRequested: true })
        {
            activity.SetTag(ClientTelemetry.TaskId, details.TaskId)
                .SetTag(ClientTelemetry.RunId, details.RunId)
                .SetTag(ClientTelemetry.ProjectId, details.ProjectId)
                .SetTag(ClientTelemetry.TaskType, details.TaskType)
                .SetTag(ClientTelemetry.Phase, details.Phase)
                .SetTag(ClientTelemetry.WorkerId, details.WorkerId)
                .SetTag(ClientTelemetry.RetryCount, details.RetryCount);
        }

        return activity;
    }
}
