using Microsoft.Extensions.Options;
using Nexus.Coordinator.Sim.Configuration;
using Nexus.Coordinator.Sim.Coordination;
using Nexus.Coordinator.Sim.Work;

namespace Nexus.Coordinator.Sim.Scenarios;

/// <summary>Where the scenario says so, lets one worker die in each cycle, preferably one that has a task in its hands.</summary>
internal sealed class WorkerCrashes(
    ParallelTaskCoordinator coordinator, ScenarioClock scenario, IOptions<SimulationOptions> options, TimeProvider time) : CoordinatorService
{
    internal override async Task RunAsync(CancellationToken stopping)
    {
        if (!scenario.Scenario.CrashesWorkers)
        {
            return;
        }

        try
        {
            for (var cycle = 0UL; ; cycle++)
            {
                await Task.Delay(scenario.UntilNextCycle, time, stopping);
                Crash(new SeededRandom(SeededRandom.Derive((ulong)options.Value.Seed, 0xC0FFEE + cycle)));
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The host stops.
        }
    }

    private void Crash(SeededRandom random)
    {
        var workers = coordinator.Workers;
        var busy = workers.Where(worker => worker.Current is not null).ToList();
        if (workers.Count > 0)
        {
            random.Pick(busy.Count > 0 ? busy : workers).Crash();
        }
    }
}
