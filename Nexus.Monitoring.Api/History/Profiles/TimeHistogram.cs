using Nexus.Monitoring.Api.History.Storage;

namespace Nexus.Monitoring.Api.History.Profiles;

/// <summary>Adds classes of durations up and tells percentiles. As many entries as there are classes, a few hundred.</summary>
internal sealed class TimeHistogram
{
    private readonly SortedDictionary<int, long> _buckets = [];
    private long _total;

    public long Count { get; private set; }

    public long Max { get; private set; }

    public double Average => Count == 0 ? 0 : (double)_total / Count;

    public void Add(int bucket, long count, long total, long most)
    {
        _buckets[bucket] = _buckets.GetValueOrDefault(bucket) + count;
        Count += count;
        _total += total;
        Max = Math.Max(Max, most);
    }

    /// <summary>The least duration that this part of all do not exceed.</summary>
    public double Percentile(double part)
    {
        var rank = Math.Max(1, (long)Math.Ceiling(part * Count));
        var seen = 0L;
        foreach (var (bucket, count) in _buckets)
        {
            seen += count;
            if (seen >= rank)
            {
                return Math.Min(TimeBuckets.Middle(bucket), Max);
            }
        }

        return Max;
    }
}
