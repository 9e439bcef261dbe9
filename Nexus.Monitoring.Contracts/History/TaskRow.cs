using Nexus.Monitoring.Contracts.Log;

namespace Nexus.Monitoring.Contracts.History;

/// <summary>One task in a list: what <see cref="State.TaskState"/> says, under the same names. All times are the log's clock.</summary>
public sealed record TaskRow
{
    /// <summary>The task's id.</summary>
    public required string TaskId { get; init; }

    /// <summary>What kind of work it is.</summary>
    public string? TaskType { get; init; }

    /// <summary>The project it belongs to.</summary>
    public string? ProjectId { get; init; }

    /// <summary>The run it belongs to.</summary>
    public string? RunId { get; init; }

    /// <summary>The phase of the run.</summary>
    public string? Phase { get; init; }

    /// <summary>One of <see cref="Events.EventStatuses"/>.</summary>
    public required string Status { get; init; }

    /// <summary>Of a failed task the kind of failure: one of <see cref="Events.FailureKinds"/>, or the word of its producer; absent when that is not known.</summary>
    public string? FailureKind { get; init; }

    /// <summary>The worker of the present or last attempt.</summary>
    public int? WorkerId { get; init; }

    /// <summary>Number of the present or last attempt; 0 before the first.</summary>
    public int Attempt { get; init; }

    /// <summary>When it was first put into a queue; absent when that is not known.</summary>
    public DateTimeOffset? EnqueuedAt { get; init; }

    /// <summary>Since when it waits for the next attempt; absent while it does not.</summary>
    public DateTimeOffset? WaitingSince { get; init; }

    /// <summary>When the present or last attempt began.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>When it ended for good.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>How long it waited before the present or last attempt, in milliseconds.</summary>
    public long? WaitMs { get; init; }

    /// <summary>How long the last ended attempt ran, in milliseconds: as its producer measured, else by the log's clock.</summary>
    public long? DurationMs { get; init; }

    /// <summary>One line for people.</summary>
    public string? Message { get; init; }

    /// <summary>What went wrong last.</summary>
    public string? Error { get; init; }

    /// <summary>Its trace.</summary>
    public string? TraceId { get; init; }

    /// <summary>Position of the last event about it.</summary>
    public required LogPosition Position { get; init; }
}
