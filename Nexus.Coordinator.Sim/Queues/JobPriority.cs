namespace Nexus.Coordinator.Sim.Queues;

/// <summary>The three lists, from the one that goes first.</summary>
internal enum JobPriority
{
    High,
    Normal,
    Low,
}
