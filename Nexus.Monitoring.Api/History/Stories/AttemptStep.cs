namespace Nexus.Monitoring.Api.History.Stories;

/// <summary>What one event tells about an attempt.</summary>
internal readonly record struct AttemptStep(
    long Ms, string EventType, string TaskId, string? TaskType, string? Phase, int? WorkerId, int? RetryCount, long? WaitMs, long? TookMs,
        string? Error, string? TraceId);
