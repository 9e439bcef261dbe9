using System.Diagnostics;
using Nexus.Monitoring.Client.Publishing;
using Nexus.Monitoring.Contracts.Events;

namespace Nexus.Testing;

/// <summary>Keeps what is published, in order and with the ids of the activity that published it, as long as the test wants. Thread-safe.</summary>
public sealed class RecordingPublisher(TimeProvider timeProvider) : IMonitoringPublisher
{
    private readonly Lock _lock = new();
    private readonly List<MonitoringEvent> _events = [];
    private int _created;

    public bool IsEnabled { get; init; } = true;

    public TimeProvider TimeProvider => timeProvider;

    public PublisherStatistics Statistics =>
        new() { Accepted = Events.Count, Sent = Events.Count, Pending = 0, Dropped = new Dictionary<string, long>() };

    /// <summary>A copy of what has been published so far.</summary>
    public IReadOnlyList<MonitoringEvent> Events
    {
        get
        {
            lock (_lock)
            {
                return [.. _events];
            }
        }
    }

    public IReadOnlyList<MonitoringEvent> OfType(params string[] types) => [.. Events.Where(e => types.Contains(e.EventType))];

    public IEnumerable<string> Types => Events.Select(e => e.EventType);

    public MonitoringEvent NewEvent(string eventType) => new()
    {
        EventId = $"event-{Interlocked.Increment(ref _created)}",
        Timestamp = timeProvider.GetUtcNow(),
        EventType = eventType,
    };

    public void Publish(MonitoringEvent monitoringEvent)
    {
        if (monitoringEvent.TraceId is null && Activity.Current is { } activity)
        {
            monitoringEvent = monitoringEvent with
            {
                TraceId = activity.TraceId.ToHexString(),
                SpanId = activity.SpanId.ToHexString(),
                ParentSpanId = activity.ParentSpanId == default ? null : activity.ParentSpanId.ToHexString(),
            };
        }

        lock (_lock)
        {
            _events.Add(monitoringEvent);
        }
    }

    public ValueTask<bool> FlushAsync(CancellationToken cancellationToken = default) => ValueTask.FromResult(true);
}
