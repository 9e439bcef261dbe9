using Nexus.Coordinator.Sim.Queues;

namespace Nexus.Coordinator.Sim.Coordination;

/// <summary>Puts jobs that waited for another attempt back into their lists when they are due.</summary>
internal sealed class RetryPromoter(IJobQueue queue, QueueAvailability availability, TimeProvider time)
    : QueueLoop(Period, availability, time)
{
    /// <summary>The most by which a retry comes late.</summary>
    internal static readonly TimeSpan Period = TimeSpan.FromMilliseconds(100);

    protected override Task TickAsync(CancellationToken cancellationToken) => queue.PromoteAsync(Time.GetUtcNow());
}
