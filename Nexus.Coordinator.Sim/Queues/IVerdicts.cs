namespace Nexus.Coordinator.Sim.Queues;

/// <summary>What the node that watches the clock has said in the log.</summary>
internal interface IVerdicts
{
    /// <summary>Which of these jobs the log calls orphaned in their present attempt.</summary>
    Task<IReadOnlySet<ClaimedJob>> FindOrphanedAsync(IReadOnlyList<ClaimedJob> jobs);
}
