namespace Nexus.Monitoring.Contracts.Stories;

/// <summary>What a task does for a stretch of time.</summary>
public enum SpanKind
{
    /// <summary>It is in a queue.</summary>
    Waiting,

    /// <summary>An attempt failed; the next one has not begun.</summary>
    BackOff,

    /// <summary>A worker is at it.</summary>
    Attempt,
}
