namespace Nexus.Coordinator.Sim.Work;

/// <summary>One way in which a kind of work fails.</summary>
internal sealed record FailureKind
{
    /// <summary>Low-cardinality name for <c>error.type</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Share among the failures of its task type.</summary>
    public required double Weight { get; init; }

    /// <summary>Whether another attempt can succeed.</summary>
    public bool IsTransient { get; init; } = true;

    /// <summary>How long the failing attempt took, as a share of a successful one: a refusal is quick, a timeout is not.</summary>
    public double LatencyFactor { get; init; } = 0.8;

    /// <summary>The sentence; it may draw the figures it names.</summary>
    public required FailureText Text { get; init; }

    /// <summary>How long the other side asks to be left alone, by attempts that failed before.</summary>
    public Func<int, TimeSpan>? RetryAfter { get; init; }

    public WorkException ToException(ref SeededRandom random, int attempt) =>
        new(Text(ref random), IsTransient, RetryAfter?.Invoke(attempt)) { Kind = Name };
}
