using System.Numerics;
using System.Runtime.CompilerServices;

namespace Nexus.Fanout.Measuring;

/// <summary>
/// Latencies in microseconds, exact below 64, above that in 64 buckets for each doubling: a percentile is off by at most 0.8 %.
/// 13 KB; recording costs a few nanoseconds and allocates nothing.
/// </summary>
internal sealed class LatencyHistogram
{
    private const int SubBits = 6;
    private const int SubBuckets = 1 << SubBits;
    private const int MaxBits = 31;

    private readonly long[] _counts = new long[SubBuckets + ((MaxBits - SubBits) * SubBuckets)];

    public long Count { get; private set; }

    public long Max { get; private set; }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Record(long microseconds)
    {
        var value = (uint)Math.Clamp(microseconds, 0, int.MaxValue);
        var shift = Math.Max(0, BitOperations.Log2(value) - SubBits);
        _counts[(shift * SubBuckets) + (int)(value >> shift)]++;
        Count++;
        Max = Math.Max(Max, value);
    }

    /// <summary>Microseconds that a share of <paramref name="quantile"/> does not exceed; 0 when nothing was recorded.</summary>
    public double Quantile(double quantile)
    {
        if (Count == 0)
        {
            return 0;
        }

        var rank = Math.Max(1, (long)Math.Ceiling(quantile * Count));
        var bucket = 0;
        for (var seen = _counts[0]; seen < rank; seen += _counts[bucket])
        {
            bucket++;
        }

        return Math.Min(Max, Middle(bucket));
    }

    public void Clear()
    {
        Array.Clear(_counts);
        Count = 0;
        Max = 0;
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
