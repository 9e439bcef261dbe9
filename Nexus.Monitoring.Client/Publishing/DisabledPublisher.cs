using Nexus.Monitoring.Contracts.Events;

namespace Nexus.Monitoring.Client.Publishing;

/// <summary>Does nothing but count, and allocates nothing for it.</summary>
internal sealed class DisabledPublisher(TimeProvider timeProvider) : IMonitoringPublisher
{
    private static readonly MonitoringEvent Nothing = new() { EventId = "", Timestamp = default, EventType = "" };

    private long _dropped;

    public bool IsEnabled => false;

    public TimeProvider TimeProvider => timeProvider;

    public PublisherStatistics Statistics
    {
        get
        {
            var dropped = Volatile.Read(ref _dropped);
            return new PublisherStatistics
            {
                Accepted = dropped,
                Sent = 0,
                Pending = 0,
                Dropped = dropped == 0 ? CountMap.Empty : new CountMap(KeyValuePair.Create(DropReasons.Disabled, dropped)),
            };
        }
    }

    public MonitoringEvent NewEvent(string eventType) => Nothing;

    public void Publish(MonitoringEvent monitoringEvent) => Interlocked.Increment(ref _dropped);

    public ValueTask<bool> FlushAsync(CancellationToken cancellationToken) => ValueTask.FromResult(true);
}
