using Nexus.Monitoring.Contracts.Events;
using Nexus.Monitoring.Contracts.Log;
using Nexus.Monitoring.Contracts.State;

namespace Nexus.Monitoring.Web.Live;

/// <summary>
/// How late events arrive and how many, over the last ten seconds. Late is counted from when the log took them: the clocks of
/// producers are many, and may be wrong. One writer, any readers.
/// </summary>
internal sealed class FeedMeter(TimeProvider clock)
{
    private const int Seconds = 10;
    private readonly Lock _gate = new();
    private readonly DurationHistogram[] _latency = [.. Enumerable.Range(0, Seconds).Select(_ => new DurationHistogram())];
    private readonly long[] _second = new long[Seconds];

    /// <summary>Counts the last <paramref name="fresh"/> of <paramref name="events"/>.</summary>
    public void Record(IReadOnlyList<MonitoringEvent> events, int fresh)
    {
        var now = clock.GetUtcNow();
        lock (_gate)
        {
            var slot = SlotOf(now);
            for (var i = events.Count - fresh; i < events.Count; i++)
            {
                if (LogPosition.TryParse(events[i].Cursor, out var position))
                {
                    slot.Record((long)(now - position.Time).TotalMilliseconds);
                }
            }
        }
    }

    public (TimeSpan? Latency, double EventsPerSecond) Read()
    {
        var now = clock.GetUtcNow().ToUnixTimeSeconds();
        var sum = new DurationHistogram();
        lock (_gate)
        {
            for (var i = 0; i < Seconds; i++)
            {
                if (_second[i] > now - Seconds)
                {
                    sum.Add(_latency[i]);
                }
            }
        }

        return (sum.Quantile(0.5) is { } median ? TimeSpan.FromMilliseconds(median) : null, sum.Count / (double)Seconds);
    }

    private DurationHistogram SlotOf(DateTimeOffset now)
    {
        var second = now.ToUnixTimeSeconds();
        var slot = (int)(second % Seconds);
        if (_second[slot] != second)
        {
            _second[slot] = second;
            _latency[slot].Clear();
        }

        return _latency[slot];
    }
}
