namespace Nexus.Monitoring.Contracts.History;

/// <summary>One attempt at a task. Times are the log's; waiting and running are told apart.</summary>
/// <param name="TaskId">The task.</param>
/// <param name="TaskType">What kind of work it is.</param>
/// <param name="Phase">Phase of the run.</param>
/// <param name="Number">From 1.</param>
/// <param name="WorkerId">Who did it.</param>
/// <param name="WaitMs">From the queue (or the attempt before) to the worker.</param>
/// <param name="StartedAt">When it began.</param>
/// <param name="EndedAt">When it ended; absent while it runs.</param>
/// <param name="RunMs">How long it ran.</param>
/// <param name="Outcome"><c>completed</c>, <c>retrying</c> or <c>failed</c>; <c>processing</c> while it runs.</param>
/// <param name="Error">What went wrong.</param>
/// <param name="TraceId">Its trace.</param>
public sealed record Attempt(
    string TaskId, string? TaskType, string? Phase, int Number, int? WorkerId, long? WaitMs, DateTimeOffset? StartedAt,
    DateTimeOffset? EndedAt, long? RunMs, string Outcome, string? Error, string? TraceId);
