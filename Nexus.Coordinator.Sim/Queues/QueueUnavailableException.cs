namespace Nexus.Coordinator.Sim.Queues;

/// <summary>The queue did not answer. Whether it did what it was asked is unknown; asking again is safe for every operation.</summary>
internal sealed class QueueUnavailableException(Exception inner)
    : Exception($"The queue does not answer: {inner.Message}", inner);
