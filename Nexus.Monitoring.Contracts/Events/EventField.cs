namespace Nexus.Monitoring.Contracts.Events;

/// <summary>The fields of an event on the wire; fewer than 32, so that a set of them fits into a number.</summary>
internal enum EventField
{
    Unknown,
    Timestamp,
    EventId,
    EventType,
    ProjectId,
    ParentTaskId,
    TaskId,
    TaskType,
    Phase,
    Status,
    Message,
    Error,
    FailureKind,
    WorkerId,
    RetryCount,
    DurationMs,
    Counts,
    Queue,
    Meta,
    TraceId,
    SpanId,
    ParentSpanId,
    Source,
    Cursor,
}
