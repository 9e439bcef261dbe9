using Nexus.Monitoring.Contracts.Events;

namespace Nexus.Monitoring.Contracts.Stories;

/// <summary>A stretch of a task's life, from one event to the next. Times are the log's clock, which is one for all producers.</summary>
public sealed record StorySpan(SpanKind Kind, DateTimeOffset From)
{
    /// <summary>When it ended; null while it goes on.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>Of an attempt its number, from 1; else the number of attempts before it.</summary>
    public int Attempt { get; init; }

    /// <summary>The worker of an attempt.</summary>
    public int? WorkerId { get; init; }

    /// <summary>How an attempt ended: <c>completed</c>, <c>failed</c>, <c>cancelled</c> or <c>orphaned</c>; null while it goes on, and for other kinds.</summary>
    public string? Outcome { get; init; }

    /// <summary>How long an attempt ran as its producer measured, in milliseconds; null when nobody did.</summary>
    public long? MeasuredMs { get; init; }

    /// <summary>Trace of an attempt.</summary>
    public string? TraceId { get; init; }

    /// <summary>Of an attempt that was declared orphaned: when its worker last gave a sign of life; null when nobody said.</summary>
    public DateTimeOffset? LastSeenAt { get; init; }

    /// <summary>What went wrong in an attempt.</summary>
    public string? Error { get; init; }

    /// <summary>Whether an attempt ended without a result.</summary>
    public bool Failed => Outcome is EventStatuses.Failed or EventStatuses.Orphaned;

    /// <summary>How long it took up to <paramref name="now"/>; never negative.</summary>
    public TimeSpan Duration(DateTimeOffset now)
    {
        var duration = (To ?? now) - From;
        return duration < TimeSpan.Zero ? TimeSpan.Zero : duration;
    }
}
