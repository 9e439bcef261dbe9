using System.Collections.Concurrent;
using Nexus.Coordinator.Sim.Queues;

namespace Nexus.Coordinator.Sim.Orchestration;

/// <summary>The runs that this process drives; as many as go on at once.</summary>
internal sealed class ActiveRuns
{
    private readonly ConcurrentDictionary<string, ActiveRun> _runs = new();

    public IReadOnlyList<ActiveRun> All => [.. _runs.Values.OrderBy(run => run.Plan.Number)];

    public void Add(ActiveRun run) => _runs[run.RunId] = run;

    public void Remove(ActiveRun run) => _runs.TryRemove(run.RunId, out _);

    /// <summary>A result of a run that ended meanwhile is of no use to anyone.</summary>
    public void Offer(JobResult result)
    {
        if (_runs.TryGetValue(result.ParentTaskId, out var run))
        {
            run.Offer(result);
        }
    }
}
