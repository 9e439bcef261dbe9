namespace Nexus.Monitoring.Web.Board;

/// <summary>A run with its phases, as one row.</summary>
public sealed record RunRow
{
    public required string Id { get; init; }

    public required string Name { get; init; }

    public string? Project { get; init; }

    public required WorkStatus Status { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    public required IReadOnlyList<PhaseCell> Phases { get; init; }

    public required long Completed { get; init; }

    public required long Failed { get; init; }

    /// <summary>Tasks in all, where known.</summary>
    public long? Total { get; init; }

    public required double RatePerMinute { get; init; }

    /// <summary>When the phases under way will be done at the present rate; only where their size was announced.</summary>
    public DateTimeOffset? PhaseEnd { get; init; }

    /// <summary>When it was last heard of, of one that is silent (<see cref="RunSilence"/>).</summary>
    public DateTimeOffset? SilentSince { get; init; }

    public string? TraceId { get; init; }

    public string? Error { get; init; }

    public TimeSpan Elapsed(DateTimeOffset now) => (EndedAt ?? now) - StartedAt;
}
