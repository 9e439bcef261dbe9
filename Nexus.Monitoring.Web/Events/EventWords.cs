using Nexus.Monitoring.Contracts.Events;
using Nexus.Monitoring.Web.Formatting;

namespace Nexus.Monitoring.Web.Events;

/// <summary>An event in a few words: what it is about, and what came out of it.</summary>
internal static class EventWords
{
    public static string Subject(MonitoringEvent entry) => entry switch
    {
        { Error: { } error } => error,
        { Message: { } message } => message,
        { EventType: EventTypes.QueueDepthUpdate, Queue: { } queue } => Counts(queue),
        { EventType: EventTypes.WorkerHeartbeat, TaskId: { } task } => $"on {Ids.Brief(task)}",
        { Phase: { } phase, TaskId: null, Counts: { } counts } when counts.TryGetValue("total", out var total) =>
            $"{phase} {Numbers.Whole(counts.GetValueOrDefault("completed"))} of {Numbers.Whole(total)}",
        { Phase: { } phase, TaskId: null } => phase,
        { TaskType: { } type, TaskId: { } task } => $"{type} {Ids.Brief(task)}",
        { TaskId: { } task } => Ids.Brief(task),
        { ParentTaskId: { } run } => Ids.Brief(run),
        _ => "",
    };

    /// <summary>Class of its words: red is failure only, and an attempt that is repeated has not failed its task.</summary>
    public static string Tone(MonitoringEvent entry) => entry switch
    {
        { Error: null } => "t2",
        { EventType: EventTypes.TaskRetry } => "is-retrying",
        { EventType: EventTypes.TaskStalled or EventTypes.WorkerLost } => "is-orphaned",
        _ => "is-failed",
    };

    /// <summary>As in an address, <c>?category=task</c>.</summary>
    public static string Category(EventCategory category) => category switch
    {
        EventCategory.Task => "task",
        EventCategory.Run => "run",
        EventCategory.Phase => "phase",
        EventCategory.Worker => "worker",
        EventCategory.Stats => "stats",
        EventCategory.Alert => "alert",
        _ => "other",
    };

    /// <summary>How long it took, else who did it.</summary>
    public static string Outcome(MonitoringEvent entry) =>
        entry.DurationMs is { } duration ? Durations.Text(duration) : entry.WorkerId is { } worker ? $"w{worker}" : "";

    private static string Counts(IReadOnlyDictionary<string, long> counts) =>
        string.Join(", ", counts.Where(pair => pair.Value > 0).Select(pair => $"{pair.Key} {Numbers.Whole(pair.Value)}")) is { Length: > 0 } text
            ? text
            : "all empty";
}
