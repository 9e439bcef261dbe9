using System.Text.Json;

namespace Nexus.Monitoring.Contracts.Events;

/// <summary>Says what is wrong with an event, in one sentence that names the field, the value and what is allowed.</summary>
internal static class EventProblems
{
    public const string LoneSurrogate =
        "A text has half a surrogate pair (an escape from \\ud800 to \\udfff without its other half), which is no character; whole characters are allowed.";

    public static string? Find(MonitoringEvent? e) =>
        e is null ? "The event is null; a JSON object is needed."
        : string.IsNullOrEmpty(e.EventId) ? "event_id is missing; a non-empty string is needed."
        : e.Timestamp == default ? "ts is missing; an ISO 8601 time in UTC is needed, such as 2026-11-23T12:03:04.120307Z."
        : string.IsNullOrEmpty(e.EventType) ? "event_type is missing; a non-empty string is needed, such as task_started."
        : e.DurationMs < 0 ? $"duration_ms is {e.DurationMs}; zero or more milliseconds are allowed."
        : e.RetryCount < 0 ? $"retry_count is {e.RetryCount}; zero or more is allowed."
        : e.Meta is { ValueKind: not (JsonValueKind.Object or JsonValueKind.Null) } meta
            ? $"meta is a JSON {meta.ValueKind.ToString().ToLowerInvariant()}; an object is needed."
        : null;

    public static string Describe(JsonException exception)
    {
        var field = exception.Path?.TrimStart('$').TrimStart('.') ?? "";
        var root = field.Split('.', '[')[0];
        return exception.InnerException is not JsonException && Allowed(root) is { } allowed
            ? $"{field} has the wrong type; {allowed} is needed."
            : $"The event is not a valid JSON object (line {exception.LineNumber + 1 ?? 1}, byte {exception.BytePositionInLine ?? 0}).";
    }

    /// <summary>Of an event that has a field twice.</summary>
    public static string DescribeTwice(JsonException exception)
    {
        var within = exception.Path is { Length: > 1 } path ? $" ({path.TrimStart('$').TrimStart('.')})" : "";
        return $"The event has a field twice{within}; each field of an object is allowed once.";
    }

    private static string? Allowed(string field) => field switch
    {
        "ts" => "an ISO 8601 time in UTC, such as 2026-11-23T12:03:04.120307Z,",
        "event_id" or "event_type" or "project_id" or "parent_task_id" or "task_id" or "task_type" or "phase" or "status"
            or "message" or "error" or "failure_kind" or "trace_id" or "span_id" or "parent_span_id" or "source" or "cursor" => "a string",
        "worker_id" or "retry_count" or "duration_ms" => "an integer",
        "counts" or "queue" => "an object of integers",
        _ => null,
    };
}
