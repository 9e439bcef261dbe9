using System.Text.Json;
using Nexus.Monitoring.Contracts.Events;

namespace Nexus.Monitoring.Contracts.Query;

/// <summary>Gets the values of an event's fields.</summary>
internal static class EventFields
{
    public static Func<MonitoringEvent, string?> Text(string name) => name switch
    {
        "event_id" => static e => e.EventId,
        "event_type" => static e => e.EventType,
        "project_id" => static e => e.ProjectId,
        "run_id" => static e => e.RunId,
        "parent_task_id" => static e => e.ParentTaskId,
        "task_id" => static e => e.TaskId,
        "task_type" => static e => e.TaskType,
        "phase" => static e => e.Phase,
        "status" => static e => e.Status,
        "message" => static e => e.Message,
        "error" => static e => e.Error,
        "trace_id" => static e => e.TraceId,
        "span_id" => static e => e.SpanId,
        "parent_span_id" => static e => e.ParentSpanId,
        "source" => static e => e.Source,
        _ => throw new ArgumentOutOfRangeException(nameof(name)),
    };

    public static Func<MonitoringEvent, long?> Number(string name) => name switch
    {
        "worker_id" => static e => e.WorkerId,
        "retry_count" => static e => e.RetryCount,
        "duration_ms" => static e => e.DurationMs,
        _ => throw new ArgumentOutOfRangeException(nameof(name)),
    };

    /// <summary>The value at a path; null when there is none, or JSON's null.</summary>
    public static JsonScalar? Json(MonitoringEvent e, string[] path)
    {
        if (path[0] != "meta")
        {
            var map = path[0] == "counts" ? e.Counts : e.Queue;
            return map is not null && map.TryGetValue(path[1], out var count) ? new JsonScalar(null, count) : null;
        }

        try
        {
            return Json(e.Meta ?? default, path);
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair, which is no text. An event that was read by EventJson has none.
            return null;
        }
    }

    private static JsonScalar? Json(JsonElement value, string[] path)
    {
        for (var i = 1; i < path.Length; i++)
        {
            if (value.ValueKind != JsonValueKind.Object || !value.TryGetProperty(path[i], out value))
            {
                return null;
            }
        }

        return value.ValueKind switch
        {
            JsonValueKind.String => new JsonScalar(value.GetString(), null),
            JsonValueKind.Number => new JsonScalar(null, value.GetDouble()),
            JsonValueKind.True => new JsonScalar("true", null),
            JsonValueKind.False => new JsonScalar("false", null),
            JsonValueKind.Object or JsonValueKind.Array => new JsonScalar(null, null),
            _ => null,
        };
    }
}
