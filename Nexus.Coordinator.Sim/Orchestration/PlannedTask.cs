using Nexus.Coordinator.Sim.Queues;

namespace Nexus.Coordinator.Sim.Orchestration;

/// <summary>A task that the pipeline wants to have done.</summary>
/// <param name="Phase">Where it belongs.</param>
/// <param name="TaskType">What kind of work it is.</param>
/// <param name="Priority">Which list it goes to.</param>
/// <param name="Message">What it is about, for people.</param>
/// <param name="Seed">Decides what its work draws.</param>
/// <param name="Subject">Number of the candidate, or of the batch, that it is about.</param>
internal sealed record PlannedTask(string Phase, string TaskType, JobPriority Priority, string Message, ulong Seed, int Subject);
