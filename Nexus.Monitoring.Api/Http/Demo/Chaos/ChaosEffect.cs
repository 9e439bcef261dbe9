namespace Nexus.Monitoring.Api.Http.Demo.Chaos;

/// <summary>Something that was broken, as long as it lasts and a while afterwards.</summary>
internal sealed record ChaosEffect
{
    /// <summary>Counts up from 1 in each process.</summary>
    public required int Id { get; init; }

    /// <summary>One of <see cref="ChaosCatalog"/>.</summary>
    public required string What { get; init; }

    /// <summary>What it was told.</summary>
    public required IReadOnlyDictionary<string, string> Parameters { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>When it ends by itself, or ended; the same as its start for what happens in a moment.</summary>
    public required DateTimeOffset EndsAt { get; init; }

    /// <summary>The worker it happened to.</summary>
    public int? WorkerId { get; init; }

    /// <summary>What that worker had in its hands.</summary>
    public IReadOnlyList<string> TaskIds { get; init; } = [];

    /// <summary>What was seen of it, for those that see something themselves.</summary>
    public string? Outcome { get; init; }
}
