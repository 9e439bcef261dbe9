namespace Nexus.Coordinator.Sim.Queues;

/// <summary>Names this process among all that share the queue.</summary>
internal sealed record CoordinatorId(string Value)
{
    public static CoordinatorId New() => new(Guid.NewGuid().ToString("n")[..12]);
}
