using System.Text.Json;
using System.Text.Json.Serialization;
using Nexus.Monitoring.Contracts.Json;

namespace Nexus.Monitoring.Contracts.Events;

/// <summary>
/// One thing that happened, as it crosses the wire: flat JSON, snake_case, nulls left out. Immutable, thus thread-safe.
/// </summary>
/// <remarks>
/// <c>{"event_id":"01a2…","ts":"2026-11-23T12:03:04.120307Z","event_type":"task_completed","task_id":"b2666380","duration_ms":6600}</c>
/// </remarks>
public sealed record MonitoringEvent
{
    /// <summary>Unique; a version 7 UUID when our client made it. Required, not empty.</summary>
    public required string EventId { get; init; }

    /// <summary>When it happened by the producer's clock; UTC, microseconds on the wire. Required.</summary>
    [JsonPropertyName("ts")]
    [JsonConverter(typeof(TimestampConverter))]
    public required DateTimeOffset Timestamp { get; init; }

    /// <summary>One of <see cref="EventTypes"/>, or any other word. Required, not empty.</summary>
    public required string EventType { get; init; }

    /// <summary>The project that the work belongs to.</summary>
    public string? ProjectId { get; init; }

    /// <summary>The run that the task or phase belongs to.</summary>
    public string? ParentTaskId { get; init; }

    /// <summary>The task.</summary>
    public string? TaskId { get; init; }

    /// <summary>What kind of work the task is, for example <c>summarization</c>.</summary>
    public string? TaskType { get; init; }

    /// <summary>The phase of the run, for example <c>extraction</c>.</summary>
    public string? Phase { get; init; }

    /// <summary>One of <see cref="EventStatuses"/>.</summary>
    public string? Status { get; init; }

    /// <summary>One line for people.</summary>
    public string? Message { get; init; }

    /// <summary>What went wrong, for people.</summary>
    public string? Error { get; init; }

    /// <summary>What kind of failure it was: one of <see cref="FailureKinds"/>, or any other word.</summary>
    public string? FailureKind { get; init; }

    /// <summary>The worker; unique over all processes that share a log.</summary>
    public int? WorkerId { get; init; }

    /// <summary>Attempts that failed before this one; 0 for the first.</summary>
    public int? RetryCount { get; init; }

    /// <summary>How long the attempt, phase or run took by the producer's clock, in milliseconds; not negative.</summary>
    public long? DurationMs { get; init; }

    /// <summary>Named counts, for example <c>total</c>, <c>completed</c>, <c>failed</c> of a phase.</summary>
    public IReadOnlyDictionary<string, long>? Counts { get; init; }

    /// <summary>How many tasks wait, by priority (<c>high_priority</c> …) or by task type.</summary>
    public IReadOnlyDictionary<string, long>? Queue { get; init; }

    /// <summary>Whatever else the producer wants to say; a JSON object.</summary>
    public JsonElement? Meta { get; init; }

    /// <summary>Trace of the activity that emitted the event; 32 lower-case hex digits.</summary>
    public string? TraceId { get; init; }

    /// <summary>Span of the activity that emitted the event; 16 lower-case hex digits.</summary>
    public string? SpanId { get; init; }

    /// <summary>Parent of that span; 16 lower-case hex digits.</summary>
    public string? ParentSpanId { get; init; }

    /// <summary>Which process emitted it: <c>service/instance</c>.</summary>
    public string? Source { get; init; }

    /// <summary>Position in the log, see <see cref="Log.LogPosition"/>. Set by the log, never by a producer.</summary>
    public string? Cursor { get; init; }

    /// <summary>Fields that this version does not know; carried along unchanged.</summary>
    [JsonInclude]
    [JsonExtensionData]
    public IDictionary<string, JsonElement>? Extra { get; internal set; }

    /// <summary>Whether it says that nobody is at the task any more: <c>task_stalled</c>, unless its status says that the task is only late.</summary>
    [JsonIgnore]
    public bool IsOrphaning => EventType == EventTypes.TaskStalled && Status is (null or EventStatuses.Orphaned);

    /// <summary>The run that the event speaks of: the parent, or the task itself for events about a run or a phase of it.</summary>
    [JsonIgnore]
    public string? RunId => ParentTaskId ?? (EventCategories.Of(EventType) is EventCategory.Run or EventCategory.Phase ? TaskId : null);
}
