namespace Nexus.Monitoring.Contracts.Events;

/// <summary>Finds the category of an event type by its prefix, so that types of later versions fall into place too.</summary>
public static class EventCategories
{
    /// <summary>The category of <paramref name="eventType"/>; <see cref="EventCategory.Other"/> for what has no known prefix.</summary>
    public static EventCategory Of(string eventType)
    {
        ArgumentNullException.ThrowIfNull(eventType);
        return EventTypes.IsStats(eventType) ? EventCategory.Stats
            : eventType.StartsWith("task_", StringComparison.Ordinal) ? EventCategory.Task
            : eventType.StartsWith("run_", StringComparison.Ordinal) ? EventCategory.Run
            : eventType.StartsWith("phase_", StringComparison.Ordinal) ? EventCategory.Phase
            : eventType.StartsWith("worker_", StringComparison.Ordinal) ? EventCategory.Worker
            : eventType.StartsWith("alert_", StringComparison.Ordinal) ? EventCategory.Alert
            : EventCategory.Other;
    }
}
