using Microsoft.Extensions.Options;
using Nexus.Coordinator.Sim.Configuration;
using Nexus.Coordinator.Sim.Coordination;
using Nexus.Coordinator.Sim.Scenarios;
using Nexus.Coordinator.Sim.Work;

namespace Nexus.Coordinator.Sim.Orchestration;

/// <summary>Sees to it that as many runs go on at once as there should: when one ends, the next begins.</summary>
internal sealed class RunSupervisor(
    DataAggregationOrchestrator orchestrator,
    RunPlanner planner,
    ScenarioClock scenario,
    Pace pace,
    IOptions<SimulationOptions> options,
    TimeProvider time) : CoordinatorService
{
    /// <summary>Between runs, and between the first runs, so that they do not march in step.</summary>
    private static readonly TimeSpan Stagger = TimeSpan.FromSeconds(6);

    internal override async Task RunAsync(CancellationToken stopping)
    {
        var places = Enumerable.Range(0, options.Value.EffectiveRunsAtOnce).Select(place => KeepRunningAsync(place, stopping));
        var extra = Enumerable.Range(0, scenario.Scenario.ExtraRuns).Select(_ => RunEachCycleAsync(stopping));
        try
        {
            await Task.WhenAll([.. places, .. extra]);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The host stops.
        }
    }

    private async Task KeepRunningAsync(int place, CancellationToken stopping)
    {
        var pause = pace.Scale(Stagger) * place;
        while (true)
        {
            await Task.Delay(pause, time, stopping);
            var plan = planner.Next();
            await orchestrator.DriveAsync(plan, stopping);
            var random = new SeededRandom(SeededRandom.Derive(plan.Seed, 2));
            pause = pace.Scale(Stagger * (0.2 + random.NextDouble()));
        }
    }

    private async Task RunEachCycleAsync(CancellationToken stopping)
    {
        while (true)
        {
            await Task.Delay(scenario.UntilNextCycle, time, stopping);
            await orchestrator.DriveAsync(planner.Next(), stopping);
        }
    }
}
