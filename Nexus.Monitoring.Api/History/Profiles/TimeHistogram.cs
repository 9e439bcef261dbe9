using Nexus.Monitoring.Api.History.Storage;

namespace Nexus.Monitoring.Api.History.Profiles;

/// <summary>Adds classes of durations up and tells percentiles. As many entries as there are classes, a few hundred.</summary>
internal sealed class TimeHistogram
{
    /// <summary>By class; as many as the longest needs.</summary>
    private long[] _buckets = new long[64];
    private long _total;

    public long Count { get; private set; }

    public long Max { get; private set; }

    public double Average => Count == 0 ? 0 : (double)_total / Count;

    public void Add(int bucket, long count, long total, long most)
    {
        Add(bucket, count);
        AddTotals(total, most);
    }

    /// <summary>Adds to a class; what its durations are together is told by <see cref="AddTotals"/>.</summary>
    public void Add(int bucket, long count)
    {
        if (bucket >= _buckets.Length)
        {
            Array.Resize(ref _buckets, 2 * bucket);
        }

        _buckets[bucket] += count;
        Count += count;
    }

    public void AddTotals(long total, long most)
    {
        _total += total;
        Max = Math.Max(Max, most);
    }

    /// <summary>The least duration that this part of all do not exceed.</summary>
    public double Percentile(double part)
    {
        var rank = Math.Max(1, (long)Math.Ceiling(part * Count));
        var seen = 0L;
        for (var bucket = 0; bucket < _buckets.Length; bucket++)
        {
            seen += _buckets[bucket];
            if (seen >= rank)
            {
                return Math.Min(TimeBuckets.Middle(bucket), Max);
            }
        }

        return Max;
    }
}
