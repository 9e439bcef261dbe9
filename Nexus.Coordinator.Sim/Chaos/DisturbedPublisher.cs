using System.Diagnostics;
using Nexus.Monitoring.Client.Publishing;
using Nexus.Monitoring.Contracts.Events;

namespace Nexus.Coordinator.Sim.Chaos;

/// <summary>
/// Publishes as a producer in trouble does: by a wrong clock, each event twice, or in another order than things happened in. Undisturbed it
/// passes everything on.
/// </summary>
internal sealed class DisturbedPublisher(IMonitoringPublisher publisher, SkewedClock clock, TimeProvider time) : IMonitoringPublisher
{
    /// <summary>Most events that are held back; what comes on top lets all of them go.</summary>
    private const int MaxHeld = 10_000;

    private readonly Timed<bool> _duplicates = new(time, false);
    private readonly Timed<TimeSpan> _window = new(time, TimeSpan.Zero);
    private readonly Lock _gate = new();
    private readonly List<MonitoringEvent> _held = [];
    private ITimer? _release;

    public bool IsEnabled => publisher.IsEnabled;

    public TimeProvider TimeProvider => clock;

    public PublisherStatistics Statistics => publisher.Statistics;

    /// <summary>From now on each event goes out twice, under the same id.</summary>
    public void Duplicate(TimeSpan duration) => _duplicates.Hold(true, duration);

    /// <summary>From now on the events of each window go out shuffled, at its end.</summary>
    public void Reorder(TimeSpan window, TimeSpan duration) => _window.Hold(window, duration);

    public MonitoringEvent NewEvent(string eventType)
    {
        var e = publisher.NewEvent(eventType);
        return publisher.IsEnabled ? e with { Timestamp = clock.GetUtcNow() } : e;
    }

    public void Publish(MonitoringEvent monitoringEvent)
    {
        if (_window.Value is var window && window > TimeSpan.Zero)
        {
            Hold(monitoringEvent, window);
        }
        else
        {
            Send(monitoringEvent);
        }
    }

    public ValueTask<bool> FlushAsync(CancellationToken cancellationToken = default)
    {
        Release();
        return publisher.FlushAsync(cancellationToken);
    }

    private void Hold(MonitoringEvent e, TimeSpan window)
    {
        lock (_gate)
        {
            _held.Add(WithTrace(e));
            if (_held.Count < MaxHeld)
            {
                _release ??= time.CreateTimer(_ => Release(), null, window, Timeout.InfiniteTimeSpan);
                return;
            }
        }

        Release();
    }

    private void Release()
    {
        MonitoringEvent[] held;
        lock (_gate)
        {
            held = [.. _held];
            _held.Clear();
            _release?.Dispose();
            _release = null;
        }

        Random.Shared.Shuffle(held);
        foreach (var e in held)
        {
            Send(e);
        }
    }

    private void Send(MonitoringEvent e)
    {
        publisher.Publish(e);
        if (_duplicates.Value)
        {
            publisher.Publish(e);
        }
    }

    /// <summary>The publisher takes what is missing from the current activity, which is another one by the time the event goes out.</summary>
    private static MonitoringEvent WithTrace(MonitoringEvent e) => e.TraceId is null && Activity.Current is { IdFormat: ActivityIdFormat.W3C } activity
        ? e with
        {
            TraceId = activity.TraceId.ToHexString(),
            SpanId = activity.SpanId.ToHexString(),
            ParentSpanId = activity.ParentSpanId == default ? null : activity.ParentSpanId.ToHexString(),
        }
        : e;
}
