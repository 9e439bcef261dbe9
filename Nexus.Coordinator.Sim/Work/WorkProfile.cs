namespace Nexus.Coordinator.Sim.Work;

/// <summary>How one task type behaves: a log-normal latency, and its ways to fail.</summary>
internal sealed record WorkProfile
{
    /// <summary>Median of a successful attempt at normal speed.</summary>
    public required TimeSpan Median { get; init; }

    /// <summary>Standard deviation of the logarithm; 0.4 is narrow, 0.9 has a long tail.</summary>
    public required double Sigma { get; init; }

    /// <summary>How often it fails compared to the average task type.</summary>
    public required double FailureFactor { get; init; }

    public required IReadOnlyList<FailureKind> Failures { get; init; }

    /// <summary>Least and most that a successful attempt finds.</summary>
    public required (int Least, int Most) Found { get; init; }

    /// <summary>Mean of the log-normal distribution: median · e^(σ²/2).</summary>
    public TimeSpan Mean => Median * Math.Exp(Sigma * Sigma / 2);

    public TimeSpan DrawLatency(ref SeededRandom random) => Median * Math.Exp(Sigma * Math.Clamp(random.NextNormal(), -3, 3));

    public FailureKind DrawFailure(ref SeededRandom random)
    {
        var point = random.NextDouble() * Failures.Sum(failure => failure.Weight);
        foreach (var failure in Failures)
        {
            point -= failure.Weight;
            if (point < 0)
            {
                return failure;
            }
        }

        return Failures[^1];
    }
}
