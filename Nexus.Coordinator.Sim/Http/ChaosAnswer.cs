namespace Nexus.Coordinator.Sim.Http;

/// <summary>What was broken.</summary>
/// <param name="WorkerId">The worker it happened to, if it was one.</param>
/// <param name="TaskIds">What it had in its hands at that moment.</param>
internal sealed record ChaosAnswer(int? WorkerId, IReadOnlyList<string> TaskIds);
