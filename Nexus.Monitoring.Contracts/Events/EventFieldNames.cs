namespace Nexus.Monitoring.Contracts.Events;

/// <summary>Which field a name on the wire is.</summary>
internal static class EventFieldNames
{
    public static EventField Find(ReadOnlySpan<byte> name) => name.Length switch
    {
        2 when name.SequenceEqual("ts"u8) => EventField.Timestamp,
        4 when name.SequenceEqual("meta"u8) => EventField.Meta,
        5 when name.SequenceEqual("phase"u8) => EventField.Phase,
        5 when name.SequenceEqual("error"u8) => EventField.Error,
        5 when name.SequenceEqual("queue"u8) => EventField.Queue,
        6 when name.SequenceEqual("status"u8) => EventField.Status,
        6 when name.SequenceEqual("source"u8) => EventField.Source,
        6 when name.SequenceEqual("cursor"u8) => EventField.Cursor,
        6 when name.SequenceEqual("counts"u8) => EventField.Counts,
        7 when name.SequenceEqual("task_id"u8) => EventField.TaskId,
        7 when name.SequenceEqual("span_id"u8) => EventField.SpanId,
        7 when name.SequenceEqual("message"u8) => EventField.Message,
        8 when name.SequenceEqual("event_id"u8) => EventField.EventId,
        8 when name.SequenceEqual("trace_id"u8) => EventField.TraceId,
        9 when name.SequenceEqual("task_type"u8) => EventField.TaskType,
        9 when name.SequenceEqual("worker_id"u8) => EventField.WorkerId,
        10 when name.SequenceEqual("event_type"u8) => EventField.EventType,
        10 when name.SequenceEqual("project_id"u8) => EventField.ProjectId,
        11 when name.SequenceEqual("duration_ms"u8) => EventField.DurationMs,
        11 when name.SequenceEqual("retry_count"u8) => EventField.RetryCount,
        12 when name.SequenceEqual("failure_kind"u8) => EventField.FailureKind,
        14 when name.SequenceEqual("parent_task_id"u8) => EventField.ParentTaskId,
        14 when name.SequenceEqual("parent_span_id"u8) => EventField.ParentSpanId,
        _ => EventField.Unknown,
    };
}
