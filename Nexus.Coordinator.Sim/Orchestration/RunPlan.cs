namespace Nexus.Coordinator.Sim.Orchestration;

/// <summary>A run before it begins.</summary>
/// <param name="Number">Counts the runs of this process, from 1.</param>
/// <param name="ProjectId">Its project.</param>
/// <param name="Name">Its name for people.</param>
/// <param name="Seed">Decides everything that is drawn in it.</param>
internal sealed record RunPlan(int Number, string ProjectId, string Name, ulong Seed);
