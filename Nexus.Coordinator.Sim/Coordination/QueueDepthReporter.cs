using Microsoft.Extensions.Options;
using Nexus.Coordinator.Sim.Configuration;
using Nexus.Coordinator.Sim.Queues;
using Nexus.Monitoring.Client.Publishing;
using Nexus.Monitoring.Contracts.Events;

namespace Nexus.Coordinator.Sim.Coordination;

/// <summary>
/// Tells how many jobs wait: when it changed, at most every two seconds, and every ten seconds anyway. By priority and by task type are
/// two events, told apart by their keys: those of priorities end in <c>_priority</c>.
/// </summary>
internal sealed class QueueDepthReporter(
    IJobQueue queue, IMonitoringPublisher publisher, QueueAvailability availability, IOptions<SimulationOptions> options, TimeProvider time)
    : QueueLoop(ShortestInterval, availability, time)
{
    internal static readonly TimeSpan ShortestInterval = TimeSpan.FromSeconds(2);

    private QueueDepths? _reported;
    private long _reportedAt;

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await TryTickAsync(cancellationToken);
    }

    protected override async Task TickAsync(CancellationToken cancellationToken)
    {
        var depths = await queue.DepthsAsync();
        if (!depths.IsSameAs(_reported) || Time.GetElapsedTime(_reportedAt) >= options.Value.QueueDepthInterval)
        {
            Publish(depths.ByPriority);
            Publish(depths.ByTaskType);
            (_reported, _reportedAt) = (depths, Time.GetTimestamp());
        }
    }

    private void Publish(IReadOnlyDictionary<string, long> depths) =>
        publisher.Publish(publisher.NewEvent(EventTypes.QueueDepthUpdate) with { Queue = depths });
}
