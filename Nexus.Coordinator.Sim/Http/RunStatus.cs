namespace Nexus.Coordinator.Sim.Http;

/// <summary>A run and how far its phases are.</summary>
internal sealed record RunStatus(string RunId, string ProjectId, string Name, IReadOnlyList<PhaseStatus> Phases);
