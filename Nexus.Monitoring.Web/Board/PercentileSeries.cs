using Nexus.Monitoring.Contracts.State;
using Nexus.Monitoring.Web.Charts;

namespace Nexus.Monitoring.Web.Board;

/// <summary>
/// Percentiles of run time or wait time over a sliding window, one point per interval. Points of finished intervals never change, so they
/// are computed once. Bound: <see cref="LiveSeries.Capacity"/> points. Not thread-safe.
/// </summary>
internal sealed class PercentileSeries(Func<SeriesBucket, DurationHistogram> read)
{
    /// <summary>Two minutes.</summary>
    private const int Window = 24;

    private static readonly double[] Quantiles = [0.50, 0.90, 0.95, 0.99];
    private static readonly float[] Unknown = [float.NaN, float.NaN, float.NaN, float.NaN];
    private readonly SortedList<DateTimeOffset, ChartPoint> _finished = [];

    public IReadOnlyList<ChartPoint> Points(Timeline timeline)
    {
        while (_finished.Count > 0 && _finished.GetKeyAtIndex(0) < timeline.Start)
        {
            _finished.RemoveAt(0);
        }

        var points = new ChartPoint[timeline.Count];
        for (var i = 0; i < points.Length; i++)
        {
            var time = timeline.TimeOf(i);
            if (!_finished.TryGetValue(time, out var point))
            {
                point = new ChartPoint(time, Compute(timeline, i));
                // The log may still be catching up within the newest intervals.
                if (i < points.Length - 2)
                {
                    _finished.Add(time, point);
                }
            }

            points[i] = point;
        }

        return points;
    }

    public void Clear() => _finished.Clear();

    private float[] Compute(Timeline timeline, int last)
    {
        var histogram = new DurationHistogram();
        for (var i = Math.Max(0, last - Window + 1); i <= last; i++)
        {
            if (timeline[i] is { } bucket)
            {
                histogram.Add(read(bucket));
            }
        }

        return histogram.Count == 0 ? Unknown : Array.ConvertAll(Quantiles,
            quantile => (float)(histogram.Quantile(quantile)!.Value / 1000));
    }
}
