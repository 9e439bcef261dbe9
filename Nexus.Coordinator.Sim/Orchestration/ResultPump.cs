using Nexus.Coordinator.Sim.Coordination;
using Nexus.Coordinator.Sim.Queues;

namespace Nexus.Coordinator.Sim.Orchestration;

/// <summary>Brings results to the runs that wait for them, from workers of any process.</summary>
internal sealed class ResultPump(IRunRegistry registry, ActiveRuns runs, CoordinatorId self, QueueAvailability availability) : CoordinatorService
{
    /// <summary>Looks at least this often, should a doorbell be lost.</summary>
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(1);

    internal override async Task RunAsync(CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            var rings = registry.Results.Rings;
            if (await PumpAsync() == 0)
            {
                await registry.Results.WaitAsync(rings, LookAgain, stopping);
            }
        }
    }

    /// <summary>Handed over first, dropped then: a result that comes twice finds its task no longer open.</summary>
    private async Task<int> PumpAsync()
    {
        try
        {
            var results = await registry.ReadResultsAsync(self.Value);
            foreach (var result in results)
            {
                runs.Offer(result);
            }

            await registry.DropResultsAsync(self.Value, results);
            availability.Answered();
            return results.Count;
        }
        catch (QueueUnavailableException exception)
        {
            availability.DidNotAnswer(exception);
            return 0;
        }
    }
}
