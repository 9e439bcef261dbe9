using Nexus.Coordinator.Sim.Queues;

namespace Nexus.Coordinator.Sim.Work;

/// <summary>What a worker does with a job. Everything around it (queues, retries, events, traces) is the coordinator's.</summary>
internal interface IWork
{
    /// <summary>Carries out one attempt.</summary>
    /// <returns>How many things it found: candidates, documents, facts.</returns>
    /// <exception cref="WorkException">The attempt failed. So does any other exception.</exception>
    Task<int> DoAsync(Job job, CancellationToken cancellationToken);
}
