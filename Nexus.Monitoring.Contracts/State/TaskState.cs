using System.Text.Json.Serialization;
using Nexus.Monitoring.Contracts.Events;
using Nexus.Monitoring.Contracts.Log;

namespace Nexus.Monitoring.Contracts.State;

/// <summary>What the events have told of one task. All times are the log's clock, which is one for all producers.</summary>
public sealed class TaskState : StateEntry
{
    private string _taskId = "";
    private LogInstant _enqueuedAt;
    private LogInstant _waitingSince;
    private LogInstant _startedAt;
    private LogInstant _endedAt;
    private LogInstant _repairedAt;
    private LogInstant _producedAt;
    private LogInstant _retryAt;
    private bool _isReinstatementDue;

    /// <summary>The task's id.</summary>
    public required string TaskId { get => _taskId; init => _taskId = value; }

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

    /// <summary>When the next attempt may begin: as long after <c>task_retry</c> as it said; absent when it did not, and once the task waits no longer for that.</summary>
    [JsonInclude]
    public DateTimeOffset? RetryAt { get => _retryAt; internal set => _retryAt = value; }

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

    /// <summary>Whose attempt was superseded without a word of how it ended: what that worker still says of the task comes late.</summary>
    [JsonInclude]
    public int? LeftWorkerId { get; internal set; }

    /// <summary>
    /// Whether its own events still say that nobody holds it although its worker lives: the node that watches the clock is to append
    /// <see cref="EventTypes.TaskReinstated"/>.
    /// </summary>
    [JsonInclude]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool IsReinstatementDue
    {
        get => _isReinstatementDue;
        internal set
        {
            if (_isReinstatementDue != value)
            {
                _isReinstatementDue = value;
                Holder?.CountDue(value ? 1 : -1);
            }
        }
    }

    /// <summary>Whether there is nothing left to happen.</summary>
    [JsonIgnore]
    public bool HasEnded => Status is EventStatuses.Completed or EventStatuses.Failed or EventStatuses.Cancelled;

    internal TaskStanding Standing => new(Status, Attempt, WorkerId, LeftWorkerId, Position)
    {
        Source = Source,
        ProducedAt = ProducedAt,
        WasEnqueued = EnqueuedAt is not null,
    };

    internal TaskChain? Holder { get; set; }

    internal TaskState? HeldBefore { get; set; }

    internal TaskState? HeldAfter { get; set; }

    /// <summary>A task that was forgotten becomes another one, of which nothing is known. It is in no list and in nobody's hands.</summary>
    internal void Reuse(string taskId)
    {
        _taskId = taskId;
        RunId = ProjectId = TaskType = Phase = Message = FailureKind = Error = TraceId = SpanId = Source = null;
        Status = EventStatuses.Pending;
        WorkerId = LeftWorkerId = null;
        Attempt = 0;
        EnqueuedAt = WaitingSince = RetryAt = StartedAt = EndedAt = RepairedAt = ProducedAt = null;
        WaitMs = DurationMs = null;
        Position = default;
        Evidence = null;
        IsReinstatementDue = false;
        HeldBefore = HeldAfter = null;
    }
}
