namespace Nexus.Monitoring.Contracts.History;

/// <summary>One of the attempts that ran longest.</summary>
/// <param name="TaskId">The task.</param>
/// <param name="RunId">Its run.</param>
/// <param name="ProjectId">Its project.</param>
/// <param name="TaskType">What kind of work it is.</param>
/// <param name="Phase">Phase of the run.</param>
/// <param name="WorkerId">Who did it.</param>
/// <param name="RunMs">How long it ran, in milliseconds.</param>
/// <param name="Outcome"><c>completed</c>, <c>retrying</c> or <c>failed</c>.</param>
/// <param name="EndedAt">When it ended, by the log's clock.</param>
/// <param name="TraceId">Its trace.</param>
/// <param name="Position">Of the event that ended it.</param>
public sealed record SlowAttempt(
    string? TaskId, string? RunId, string? ProjectId, string? TaskType, string? Phase, int? WorkerId, long RunMs, string Outcome,
    DateTimeOffset EndedAt, string? TraceId, string Position);
