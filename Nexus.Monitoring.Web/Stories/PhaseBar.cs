using Nexus.Monitoring.Web.Board;

namespace Nexus.Monitoring.Web.Stories;

/// <summary>A phase on the chart of a run.</summary>
public sealed record PhaseBar
{
    public required string Name { get; init; }

    public required WorkStatus Status { get; init; }

    public required int Done { get; init; }

    public required int Failed { get; init; }

    /// <summary>Tasks in all, where announced.</summary>
    public long? Total { get; init; }

    public DateTimeOffset? From { get; init; }

    /// <summary>When it ended, or now.</summary>
    public DateTimeOffset To { get; init; }

    public bool IsOpen { get; init; }

    /// <summary>When it will be done at its present rate; only where its size was announced.</summary>
    public DateTimeOffset? Projected { get; init; }

    /// <summary>Tasks finished in each of equal slices of the bar.</summary>
    public required IReadOnlyList<float> Finished { get; init; }

    public string Count => Total is { } total && Done < total ? $"{Formatting.Numbers.Whole(Done)} / {Formatting.Numbers.Whole(total)}" : Formatting.Numbers.Whole(Done);
}
