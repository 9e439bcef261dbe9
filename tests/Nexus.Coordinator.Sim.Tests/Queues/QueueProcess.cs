using Nexus.Coordinator.Sim.Queues;

namespace Nexus.Coordinator.Sim.Tests.Queues;

/// <summary>The queue as one process sees it.</summary>
internal sealed record QueueProcess(string Name, IJobQueue Queue, IWorkerRegistry Workers, IRunRegistry Runs);
