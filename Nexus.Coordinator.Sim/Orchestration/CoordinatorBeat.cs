using Nexus.Coordinator.Sim.Configuration;
using Nexus.Coordinator.Sim.Coordination;
using Nexus.Coordinator.Sim.Queues;

namespace Nexus.Coordinator.Sim.Orchestration;

/// <summary>Says that this process drives its runs, and notices when the queue has lost one of them.</summary>
internal sealed class CoordinatorBeat(
    IRunRegistry registry, ActiveRuns runs, CoordinatorId self, HeartbeatTiming heartbeat, QueueAvailability availability, TimeProvider time)
    : QueueLoop(heartbeat.Interval, availability, time)
{
    /// <summary>Runs of which the queue knew already.</summary>
    private readonly HashSet<string> _known = [];

    /// <summary>The first beat comes before the first run, so that nobody takes it for abandoned.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await TryTickAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        try
        {
            await registry.LeaveAsync(self.Value);
        }
        catch (QueueUnavailableException exception)
        {
            Availability.DidNotAnswer(exception);
        }
    }

    protected override async Task TickAsync(CancellationToken cancellationToken)
    {
        var registered = await registry.BeatAsync(self.Value);
        var active = runs.All;
        _known.IntersectWith(active.Select(run => run.RunId));
        foreach (var run in active)
        {
            if (registered.Contains(run.RunId))
            {
                _known.Add(run.RunId);
            }
            else if (_known.Contains(run.RunId))
            {
                run.Lose();
            }
        }
    }
}
