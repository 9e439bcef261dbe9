using Microsoft.Extensions.Options;
using Nexus.Coordinator.Sim.Configuration;

namespace Nexus.Coordinator.Sim.Scenarios;

/// <summary>Where in its scenario the simulation stands.</summary>
internal sealed class ScenarioClock(IOptions<SimulationOptions> options, TimeProvider time)
{
    private readonly long _started = time.GetTimestamp();

    public Scenario Scenario { get; } = ScenarioCatalog.Find(options.Value.Scenario)!;

    /// <summary>Share of attempts that fail now, averaged over the task types.</summary>
    public double FailureRate => Scenario.FailureRate(time.GetElapsedTime(_started), options.Value.FailureRate);

    public TimeSpan UntilNextCycle => Scenario.UntilNextCycle(time.GetElapsedTime(_started));
}
