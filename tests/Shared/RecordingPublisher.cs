using System.Collections.Concurrent;
using Nexus.Monitoring.Client.Publishing;
using Nexus.Monitoring.Contracts.Events;

namespace Nexus.Testing;

/// <summary>Keeps what is published, in order, for code that is about which events it publishes and not about how they travel.</summary>
public sealed class RecordingPublisher(TimeProvider timeProvider) : IMonitoringPublisher
{
    private readonly ConcurrentQueue<MonitoringEvent> _events = new();
    private int _created;

    public bool IsEnabled { get; init; } = true;

    public TimeProvider TimeProvider => timeProvider;

    public PublisherStatistics Statistics =>
        new() { Accepted = _events.Count, Sent = _events.Count, Pending = 0, Dropped = new Dictionary<string, long>() };

    public IReadOnlyList<MonitoringEvent> Events => [.. _events];

    public IEnumerable<string> Types => _events.Select(e => e.EventType);

    public MonitoringEvent NewEvent(string eventType) => new()
    {
        EventId = $"event-{Interlocked.Increment(ref _created)}",
        Timestamp = timeProvider.GetUtcNow(),
        EventType = eventType,
    };

    public void Publish(MonitoringEvent monitoringEvent) => _events.Enqueue(monitoringEvent);

    public ValueTask<bool> FlushAsync(CancellationToken cancellationToken = default) => ValueTask.FromResult(true);
}
