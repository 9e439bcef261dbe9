using Nexus.Monitoring.Contracts.Events;
using Nexus.Monitoring.Contracts.State;

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
    public DateTimeOffset? LastSeenAt => Outcome == EventStatuses.Orphaned ? Evidence?.LastSeenAt : null;

    /// <summary>What went wrong in an attempt.</summary>
    public string? Error { get; init; }

    /// <summary>When an attempt was said to be held by nobody alive; kept when that was taken back.</summary>
    public DateTimeOffset? OrphanedAt { get; init; }

    /// <summary>When that was taken back: its worker came back, or ended it after all.</summary>
    public DateTimeOffset? RepairedAt { get; init; }

    /// <summary>On what evidence it was said; null without.</summary>
    public Verdict? Evidence { get; init; }

    /// <summary>Which process said it, <c>service/instance</c>.</summary>
    public string? OrphanedBy { get; init; }

    /// <summary>How its worker says that an attempt ended which was not the task's any more: <c>completed</c> or <c>failed</c>.</summary>
    public string? LateOutcome { get; init; }

    /// <summary>When it said so.</summary>
    public DateTimeOffset? LateAt { get; init; }

    /// <summary>Whether an attempt ended without a result.</summary>
    public bool Failed => Outcome is EventStatuses.Failed or EventStatuses.Orphaned;

    /// <summary>How long it took up to <paramref name="now"/>; never negative.</summary>
    public TimeSpan Duration(DateTimeOffset now)
    {
        var duration = (To ?? now) - From;
        return duration < TimeSpan.Zero ? TimeSpan.Zero : duration;
    }
}
