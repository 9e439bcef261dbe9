using System.Numerics;
using System.Text.Json.Serialization;

namespace Nexus.Monitoring.Contracts.State;

/// <summary>
/// Counts durations in buckets that grow with the value: exact below 16 ms, above that 16 buckets for each doubling, so that a
/// percentile is off by at most 3.2 %. Values above 2^31 ms (24 days) count as that. 1.8 KB once something was recorded.
/// </summary>
[JsonConverter(typeof(Json.DurationHistogramConverter))]
public sealed class DurationHistogram
{
    private const int SubBits = 4;
    private const int SubBuckets = 1 << SubBits;
    private const int MaxBits = 31;

    /// <summary>How many buckets there are.</summary>
    internal const int BucketCount = SubBuckets + ((MaxBits - SubBits) * SubBuckets);

    private int[]? _counts;

    /// <summary>How many durations were recorded.</summary>
    public long Count { get; private set; }

    /// <summary>Records one duration in milliseconds; a negative one counts as 0.</summary>
    public void Record(long milliseconds) => Add(BucketOf(milliseconds), 1);

    /// <summary>Adds all that <paramref name="other"/> recorded.</summary>
    public void Add(DurationHistogram other)
    {
        ArgumentNullException.ThrowIfNull(other);
        for (var i = 0; other._counts is not null && i < BucketCount; i++)
        {
            if (other._counts[i] > 0)
            {
                Add(i, other._counts[i]);
            }
        }
    }

    /// <summary>The duration in milliseconds that a share of <paramref name="quantile"/> (0 to 1) does not exceed; null when empty.</summary>
    public double? Quantile(double quantile)
    {
        if (Count == 0)
        {
            return null;
        }

        var rank = Math.Max(1, (long)Math.Ceiling(Math.Clamp(quantile, 0, 1) * Count));
        var seen = 0L;
        var bucket = 0;
        while ((seen += _counts![bucket]) < rank)
        {
            bucket++;
        }

        return Middle(bucket);
    }

    /// <summary>Forgets everything, keeping the memory.</summary>
    public void Clear()
    {
        Count = 0;
        if (_counts is not null)
        {
            Array.Clear(_counts);
        }
    }

    internal void Add(int bucket, int count)
    {
        _counts ??= new int[BucketCount];
        _counts[bucket] += count;
        Count += count;
    }

    internal int CountOf(int bucket) => _counts?[bucket] ?? 0;

    private static int BucketOf(long milliseconds)
    {
        var value = (uint)Math.Clamp(milliseconds, 0, (1L << MaxBits) - 1);
        if (value < SubBuckets)
        {
            return (int)value;
        }

        var shift = BitOperations.Log2(value) - SubBits;
        return (shift * SubBuckets) + (int)(value >> shift);
    }

    private static double Middle(int bucket)
    {
        if (bucket < 2 * SubBuckets)
        {
            return bucket;
        }

        var shift = (bucket / SubBuckets) - 1;
        var lowest = (double)(((bucket % SubBuckets) + SubBuckets) << shift);
        return lowest + (((1 << shift) - 1) / 2.0);
    }
}
