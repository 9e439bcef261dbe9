using Nexus.Monitoring.Contracts.State;

namespace Nexus.Monitoring.Web.Live;

/// <summary>How late events arrive and how many, over the last ten seconds. One writer, any readers.</summary>
internal sealed class FeedMeter(TimeProvider clock)
{
    private const int Seconds = 10;
    private readonly Lock _gate = new();
    private readonly DurationHistogram[] _latency = [.. Enumerable.Range(0, Seconds).Select(_ => new DurationHistogram())];
    private readonly long[] _second = new long[Seconds];

    public void Record(DateTimeOffset happenedAt)
    {
        var now = clock.GetUtcNow();
        lock (_gate)
        {
            SlotOf(now).Record((long)(now - happenedAt).TotalMilliseconds);
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
