using Nexus.Monitoring.Contracts.Events;

namespace Nexus.Monitoring.Web.Board;

/// <summary>Status as word, as glyph and as class; the word is always the one on the wire.</summary>
internal static class StatusNames
{
    public static string Name(this WorkStatus status) => status switch
    {
        WorkStatus.Pending => "pending",
        WorkStatus.Processing => "processing",
        WorkStatus.Retrying => "retrying",
        WorkStatus.Completed => "completed",
        WorkStatus.Failed => "failed",
        WorkStatus.Orphaned => "orphaned",
        WorkStatus.Cancelled => "cancelled",
        WorkStatus.Started => "started",
        WorkStatus.Beat => "beat",
        _ => "info",
    };

    /// <summary>A status of the wire; what is not one of the seven says nothing.</summary>
    public static WorkStatus Parse(string status) => status switch
    {
        EventStatuses.Pending => WorkStatus.Pending,
        EventStatuses.Processing => WorkStatus.Processing,
        EventStatuses.Retrying => WorkStatus.Retrying,
        EventStatuses.Completed => WorkStatus.Completed,
        EventStatuses.Failed => WorkStatus.Failed,
        EventStatuses.Orphaned => WorkStatus.Orphaned,
        EventStatuses.Cancelled => WorkStatus.Cancelled,
        _ => WorkStatus.Info,
    };

    /// <summary>What an event says at a glance.</summary>
    public static WorkStatus OfEvent(string eventType) => eventType switch
    {
        EventTypes.TaskEnqueued => WorkStatus.Pending,
        EventTypes.TaskRetry => WorkStatus.Retrying,
        EventTypes.TaskStalled or EventTypes.WorkerLost => WorkStatus.Orphaned,
        EventTypes.TaskReinstated => WorkStatus.Processing,
        EventTypes.TaskCancelled => WorkStatus.Cancelled,
        EventTypes.WorkerHeartbeat => WorkStatus.Beat,
        EventTypes.AlertFiring => WorkStatus.Failed,
        EventTypes.AlertResolved => WorkStatus.Completed,
        _ when eventType.EndsWith("_started", StringComparison.Ordinal) => WorkStatus.Started,
        _ when eventType.EndsWith("_completed", StringComparison.Ordinal) => WorkStatus.Completed,
        _ when eventType.EndsWith("_failed", StringComparison.Ordinal) => WorkStatus.Failed,
        _ => WorkStatus.Info,
    };
}
