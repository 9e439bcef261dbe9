using Nexus.Monitoring.Contracts.State;

namespace Nexus.Monitoring.Web.Board;

public sealed record WorkerRow
{
    public required int Id { get; init; }

    public required WorkerStanding Standing { get; init; }

    public string? Source { get; init; }

    public string? TaskId { get; init; }

    public string? TaskType { get; init; }

    /// <summary>What it is doing, in words; for a lost worker, what it left behind.</summary>
    public required string Doing { get; init; }

    public string? Project { get; init; }

    public DateTimeOffset? BusySince { get; init; }

    public DateTimeOffset? LastBeat { get; init; }

    public string? TraceId { get; init; }

    /// <summary>How far its process's clock is ahead of the log's, negative when it is behind; null when nothing is known.</summary>
    public TimeSpan? ClockAhead { get; init; }

    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>When it stopped or was declared lost.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    public DateTimeOffset? ReinstatedAt { get; init; }

    /// <summary>On what it was declared lost.</summary>
    public Verdict? Evidence { get; init; }

    /// <summary>Why, in a sentence.</summary>
    public string? Error { get; init; }

    /// <summary>What is in its hands, or was left behind in them.</summary>
    public int TasksHeld { get; init; }

    public long Completed { get; init; }

    public long Failed { get; init; }
}
