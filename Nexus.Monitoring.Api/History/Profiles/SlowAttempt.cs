namespace Nexus.Monitoring.Api.History.Profiles;

/// <summary>One of the attempts that ran longest.</summary>
internal sealed record SlowAttempt(
    string? TaskId, string? RunId, string? ProjectId, string? TaskType, string? Phase, int? WorkerId, long RunMs, string Outcome,
    DateTimeOffset EndedAt, string? TraceId, string Position);
