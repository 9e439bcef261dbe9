using Nexus.Coordinator.Sim.Queues;
using Nexus.Monitoring.Client.Publishing;
using Nexus.Monitoring.Contracts.Events;

namespace Nexus.Coordinator.Sim.Tests.Fixtures;

/// <summary>The verdicts that a test wrote into the log of the world.</summary>
internal sealed class MemoryVerdicts(IMonitoringPublisher log) : IVerdicts
{
    public Task<IReadOnlySet<ClaimedJob>> FindOrphanedAsync(IReadOnlyList<ClaimedJob> jobs) => Task.FromResult<IReadOnlySet<ClaimedJob>>(jobs
        .Where(job => ((RecordingPublisher)log).OfType(EventTypes.TaskStalled).Any(e => (e.TaskId, e.WorkerId) == (job.Job.TaskId, job.Owner.WorkerId)))
        .ToHashSet());
}
