using System.Globalization;
using Nexus.Monitoring.Contracts.Events;

namespace Nexus.Monitoring.Api.History.Storage;

/// <summary>What rows say about attempts.</summary>
internal static class AttemptSql
{
    /// <summary>The rows that end an attempt with a measure of how long it ran.</summary>
    public const string Ends = "event_type IN ('task_completed', 'task_failed', 'task_retry')";

    /// <summary>Whether an event ends an attempt, so that it is told once more in <c>attempt_ends</c>.</summary>
    public static bool IsEnd(string eventType) =>
        eventType is EventTypes.TaskCompleted or EventTypes.TaskFailed or EventTypes.TaskCancelled or EventTypes.TaskRetry;

    /// <summary>Whether an event ends an attempt with a measure of how long it ran.</summary>
    public static bool IsMeasured(string eventType) => IsEnd(eventType) && eventType != EventTypes.TaskCancelled;

    /// <summary>How long what a row ends took: as its producer measured, else by the log's clock.</summary>
    public const string Took = "coalesce(duration_ms, took_ms)";

    /// <summary>The part of a duration that lies after a moment, where its end is the row's.</summary>
    public static string Since(long momentMs, string value)
    {
        var upto = string.Create(CultureInfo.InvariantCulture, $"(ms - ({momentMs}))");
        return $"CASE WHEN {value} > {upto} THEN {upto} ELSE {value} END";
    }
}
