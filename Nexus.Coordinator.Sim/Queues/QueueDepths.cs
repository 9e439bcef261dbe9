namespace Nexus.Coordinator.Sim.Queues;

/// <summary>How many jobs wait in the lists; every priority and every task type is there, with 0 if need be.</summary>
internal sealed record QueueDepths(IReadOnlyDictionary<string, long> ByPriority, IReadOnlyDictionary<string, long> ByTaskType)
{
    public bool IsSameAs(QueueDepths? other) =>
        other is not null
        && ByPriority.All(depth => other.ByPriority.GetValueOrDefault(depth.Key) == depth.Value)
        && ByTaskType.All(depth => other.ByTaskType.GetValueOrDefault(depth.Key) == depth.Value);
}
