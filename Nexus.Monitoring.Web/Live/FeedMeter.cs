using Nexus.Monitoring.Contracts.Events;
using Nexus.Monitoring.Contracts.Log;
using Nexus.Monitoring.Contracts.State;

namespace Nexus.Monitoring.Web.Live;

/// <summary>
/// How late events arrive and how many, over the last ten seconds. Late is counted from when the log took them: the clocks of
/// producers are many, and may be wrong. Thread-safe.
/// </summary>
internal sealed class FeedMeter(TimeProvider clock)
{
    private readonly RecentDurations _latency = new(clock, 10, TimeSpan.FromSeconds(1));

    /// <summary>Counts the last <paramref name="fresh"/> of <paramref name="events"/>.</summary>
    public void Record(IReadOnlyList<MonitoringEvent> events, int fresh)
    {
        var now = clock.GetUtcNow();
        for (var i = events.Count - fresh; i < events.Count; i++)
        {
            if (LogPosition.TryParse(events[i].Cursor, out var position))
            {
                _latency.Record(now - position.Time);
            }
        }
    }

    /// <summary>From the log to here.</summary>
    public DurationHistogram Latencies() => _latency.Read();

    public (TimeSpan? Latency, double EventsPerSecond) Read()
    {
        var sum = Latencies();
        return (sum.Quantile(0.5) is { } median ? TimeSpan.FromMilliseconds(median) : null, sum.Count / _latency.Window.TotalSeconds);
    }
}
