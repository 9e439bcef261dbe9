using System.Text.Json.Serialization;
using Nexus.Monitoring.Contracts.Log;

namespace Nexus.Monitoring.Contracts.State;

/// <summary>What the events have told of one worker. All times are the log's clock.</summary>
public sealed class WorkerState : StateEntry
{
    /// <summary>Most kinds of tasks that are remembered of one worker.</summary>
    public const int MaxTaskTypes = 32;

    /// <summary>Unique over all processes that share a log, as the heartbeat keys are.</summary>
    public required int WorkerId { get; init; }

    /// <summary>The process it lives in, <c>service/instance</c>.</summary>
    [JsonInclude]
    public string? Source { get; internal set; }

    /// <summary>How far its process's clock is behind the log's, in milliseconds, see <see cref="SourceState"/>; absent without a source.</summary>
    [JsonInclude]
    public long? ClockOffsetMs { get; internal set; }

    /// <summary>How it stands.</summary>
    [JsonInclude]
    public WorkerStatus Status { get; internal set; }

    /// <summary>The task in its hands, of several the one that began last, or, for a lost worker, the one it left behind.</summary>
    [JsonInclude]
    public string? TaskId { get; internal set; }

    /// <summary>Kind of that task.</summary>
    [JsonInclude]
    public string? TaskType { get; internal set; }

    /// <summary>That task in words.</summary>
    [JsonInclude]
    public string? TaskMessage { get; internal set; }

    /// <summary>Project of that task.</summary>
    [JsonInclude]
    public string? ProjectId { get; internal set; }

    /// <summary>Since when it has that task.</summary>
    [JsonInclude]
    public DateTimeOffset? BusySince { get; internal set; }

    /// <summary>When it was first heard of.</summary>
    [JsonInclude]
    public DateTimeOffset FirstSeenAt { get; internal set; }

    /// <summary>When its present life began; absent when it never said so.</summary>
    [JsonInclude]
    public DateTimeOffset? StartedAt { get; internal set; }

    /// <summary>When it last did anything.</summary>
    [JsonInclude]
    public DateTimeOffset LastSeenAt { get; internal set; }

    /// <summary>Position of that event.</summary>
    [JsonInclude]
    public LogPosition LastSeen { get; internal set; }

    /// <summary>When its last heartbeat came; absent before the first.</summary>
    [JsonInclude]
    public DateTimeOffset? LastHeartbeatAt { get; internal set; }

    /// <summary>When it stopped or was declared lost.</summary>
    [JsonInclude]
    public DateTimeOffset? EndedAt { get; internal set; }

    /// <summary>When it said that it stops, by its own clock; absent while it lives. What it sent before, and comes later, does not bring it back.</summary>
    [JsonInclude]
    public DateTimeOffset? FarewellAt { get; internal set; }

    /// <summary>Why it is lost.</summary>
    [JsonInclude]
    public string? Error { get; internal set; }

    /// <summary>On what evidence it is lost; absent when it is not, or when it was said without evidence.</summary>
    [JsonInclude]
    public Verdict? Evidence { get; internal set; }

    /// <summary>When it last came back after it had been declared lost.</summary>
    [JsonInclude]
    public DateTimeOffset? ReinstatedAt { get; internal set; }

    /// <summary>How many tasks are in its hands, or were left behind in them.</summary>
    public int TasksHeld => Held.Count;

    /// <summary>Kinds of tasks that it has begun in its present life, at most <see cref="MaxTaskTypes"/>; absent before the first.</summary>
    [JsonInclude]
    public List<string>? TaskTypes { get; internal set; }

    /// <summary>Attempts that ended with a result.</summary>
    [JsonInclude]
    public long Completed { get; internal set; }

    /// <summary>Attempts that ended with an error.</summary>
    [JsonInclude]
    public long Failed { get; internal set; }

    /// <summary>Whether it is alive as far as events tell.</summary>
    [JsonIgnore]
    public bool IsOnline => Status is WorkerStatus.Idle or WorkerStatus.Busy;

    /// <summary>Whether it gives signs of life, so that its silence means something. Who only ever sends events about tasks promises none.</summary>
    [JsonIgnore]
    public bool IsWatched => StartedAt is not null || LastHeartbeatAt is not null;

    /// <summary>How many of the tasks in its hands have <see cref="TaskState.IsReinstatementDue"/>.</summary>
    [JsonIgnore]
    public int ReinstatementsDue => Held.Due;

    internal TaskChain Held { get; } = new();
}
