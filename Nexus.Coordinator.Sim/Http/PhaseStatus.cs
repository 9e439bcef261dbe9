namespace Nexus.Coordinator.Sim.Http;

/// <summary>A phase that has begun.</summary>
internal sealed record PhaseStatus(string Phase, int Total, int Completed, int Failed);
