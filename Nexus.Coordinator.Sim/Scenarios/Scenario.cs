namespace Nexus.Coordinator.Sim.Scenarios;

/// <summary>What disturbs an ordinary day, as data. All times repeat with <see cref="Cycle"/>, counted from the start.</summary>
internal sealed record Scenario
{
    /// <summary>As it is written in the configuration.</summary>
    public required string Name { get; init; }

    public TimeSpan Cycle { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>From when to when in each cycle the provider refuses most requests.</summary>
    public (TimeSpan From, TimeSpan To) Outage { get; init; }

    /// <summary>Share of attempts that fail meanwhile.</summary>
    public double OutageFailureRate { get; init; }

    /// <summary>Runs that begin on top of the others, together, at the start of each cycle but the first.</summary>
    public int ExtraRuns { get; init; }

    /// <summary>Whether one worker dies in each cycle.</summary>
    public bool CrashesWorkers { get; init; }

    public double FailureRate(TimeSpan elapsed, double ordinary)
    {
        var inCycle = TimeSpan.FromTicks(elapsed.Ticks % Cycle.Ticks);
        return inCycle >= Outage.From && inCycle < Outage.To ? Math.Max(ordinary, OutageFailureRate) : ordinary;
    }

    /// <summary>When, after <paramref name="elapsed"/>, the next cycle begins.</summary>
    public TimeSpan UntilNextCycle(TimeSpan elapsed) => TimeSpan.FromTicks(Cycle.Ticks - (elapsed.Ticks % Cycle.Ticks));
}
