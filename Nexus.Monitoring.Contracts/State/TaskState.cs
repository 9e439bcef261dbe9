using System.Text.Json.Serialization;
using Nexus.Monitoring.Contracts.Events;
using Nexus.Monitoring.Contracts.Log;

namespace Nexus.Monitoring.Contracts.State;

/// <summary>What the events have told of one task. All times are the log's clock, which is one for all producers.</summary>
public sealed class TaskState : StateEntry
{
    private LogInstant _enqueuedAt;
    private LogInstant _waitingSince;
    private LogInstant _startedAt;
    private LogInstant _endedAt;
    private LogInstant _repairedAt;
    private LogInstant _producedAt;

    /// <summary>The task's id.</summary>
    public required string TaskId { get; init; }

    /// <summary>The run it belongs to.</summary>
    [JsonInclude]
    public string? RunId { get; internal set; }

    /// <summary>The project it belongs to.</summary>
    [JsonInclude]
    public string? ProjectId { get; internal set; }

    /// <summary>What kind of work it is.</summary>
    [JsonInclude]
    public string? TaskType { get; internal set; }

    /// <summary>The phase of the run.</summary>
    [JsonInclude]
    public string? Phase { get; internal set; }

    /// <summary>One of <see cref="EventStatuses"/>.</summary>
    [JsonInclude]
    public string Status { get; internal set; } = EventStatuses.Pending;

    /// <summary>One line for people, from the last event that had one.</summary>
    [JsonInclude]
    public string? Message { get; internal set; }

    /// <summary>Of a failed task the kind of failure: one of <see cref="FailureKinds"/>, or the word of its producer.</summary>
    [JsonInclude]
    public string? FailureKind { get; internal set; }

    /// <summary>What went wrong last; kept when a later attempt succeeds.</summary>
    [JsonInclude]
    public string? Error { get; internal set; }

    /// <summary>The worker of the present or last attempt.</summary>
    [JsonInclude]
    public int? WorkerId { get; internal set; }

    /// <summary>Number of the present or last attempt; 0 before the first.</summary>
    [JsonInclude]
    public int Attempt { get; internal set; }

    /// <summary>When it was first put into a queue.</summary>
    [JsonInclude]
    public DateTimeOffset? EnqueuedAt { get => _enqueuedAt; internal set => _enqueuedAt = value; }

    /// <summary>Since when it waits for the next attempt; absent while it does not.</summary>
    [JsonInclude]
    public DateTimeOffset? WaitingSince { get => _waitingSince; internal set => _waitingSince = value; }

    /// <summary>When the present or last attempt began.</summary>
    [JsonInclude]
    public DateTimeOffset? StartedAt { get => _startedAt; internal set => _startedAt = value; }

    /// <summary>When it ended for good.</summary>
    [JsonInclude]
    public DateTimeOffset? EndedAt { get => _endedAt; internal set => _endedAt = value; }

    /// <summary>How long it waited before the present or last attempt, in milliseconds.</summary>
    [JsonInclude]
    public long? WaitMs { get; internal set; }

    /// <summary>How long the last ended attempt ran, in milliseconds: as its producer measured, else by the log's clock.</summary>
    [JsonInclude]
    public long? DurationMs { get; internal set; }

    /// <summary>Trace of the last event that had one.</summary>
    [JsonInclude]
    public string? TraceId { get; internal set; }

    /// <summary>Span of that event.</summary>
    [JsonInclude]
    public string? SpanId { get; internal set; }

    /// <summary>Position of the last event about the task.</summary>
    [JsonInclude]
    public LogPosition Position { get; internal set; }

    /// <summary>Who sent that event, <c>service/instance</c>.</summary>
    [JsonInclude]
    public string? Source { get; internal set; }

    /// <summary>When that event was produced, by the clock of who sent it.</summary>
    [JsonInclude]
    public DateTimeOffset? ProducedAt { get => _producedAt; internal set => _producedAt = value; }

    /// <summary>Why nobody alive holds it, or held it in its present attempt; absent when nobody said so, or without evidence.</summary>
    [JsonInclude]
    public Verdict? Evidence { get; internal set; }

    /// <summary>When the worker that was said to be gone with it came back, or ended it after all.</summary>
    [JsonInclude]
    public DateTimeOffset? RepairedAt { get => _repairedAt; internal set => _repairedAt = value; }

    /// <summary>Whether there is nothing left to happen.</summary>
    [JsonIgnore]
    public bool HasEnded => Status is EventStatuses.Completed or EventStatuses.Failed or EventStatuses.Cancelled;

    internal TaskChain? Holder { get; set; }

    internal TaskState? HeldBefore { get; set; }

    internal TaskState? HeldAfter { get; set; }
}
