namespace Nexus.Coordinator.Sim.Http;

/// <summary>A worker and what it does; nothing while it waits.</summary>
internal sealed record WorkerStatus(int WorkerId, string? TaskId, string? TaskType, string? Message);
