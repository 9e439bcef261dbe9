using Nexus.Monitoring.Contracts.State;
using Nexus.Monitoring.Web.Charts;
using Nexus.Monitoring.Web.Formatting;

namespace Nexus.Monitoring.Web.Board;

/// <summary>The board's charts from the state's series.</summary>
internal static class ChartBuilder
{
    private const string Other = "other";
    private const int Minute = 12;

    private static readonly ChartSeries[] Percentiles =
        [new("p50", "--nx-band-1"), new("p90", "--nx-band-2"), new("p95", "--nx-band-3"), new("p99", "--nx-band-4")];

    /// <summary>Of attempts that ended. What is well is grey, so that the rest stands out.</summary>
    public static IReadOnlyList<ChartSeries> Outcomes { get; } =
        [new("completed", "--nx-density"), new("retried", "--nx-st-retrying-fill"), new("failed", "--nx-st-failed-fill")];

    /// <summary>Most urgent on top, in the colours of the status "waiting", light to dark.</summary>
    private static readonly Dictionary<string, (int Order, string Colour)> Priorities = new()
    {
        ["low_priority"] = (0, "--nx-cat-4"),
        ["normal_priority"] = (1, "--nx-cat-6"),
        ["high_priority"] = (2, "--nx-cat-1"),
    };

    public static ChartModel QueueByType(Timeline timeline, IReadOnlyList<ChartMark> marks)
    {
        var names = Names(timeline, bucket => bucket.QueueByTaskType);
        var own = names.Where(name => TaskTypes.Order(name) < TaskTypes.Colours).OrderBy(TaskTypes.Order).ToList();
        var rest = names.Except(own).ToList();
        List<ChartSeries> series = [.. own.Select(name => new ChartSeries(name, TaskTypes.Token(name)))];
        if (rest.Count > 0)
        {
            series.Add(new ChartSeries(rest.Count == 1 ? rest[0] : Other, "--nx-cat-other"));
        }

        return Stack(timeline, series, bucket => bucket.QueueByTaskType, own, rest, marks, "task type");
    }

    public static ChartModel QueueByPriority(Timeline timeline, IReadOnlyList<ChartMark> marks)
    {
        var names = Names(timeline, bucket => bucket.QueueByPriority)
            .OrderBy(name => Priorities.TryGetValue(name, out var known) ? known.Order : -1)
            .ThenBy(name => name, StringComparer.Ordinal)
            .ToList();
        List<ChartSeries> series =
            [.. names.Select(name => new ChartSeries(name, Priorities.TryGetValue(name, out var known) ? known.Colour : "--nx-cat-other"))];
        return Stack(timeline, series, bucket => bucket.QueueByPriority, names, [], marks, "priority");
    }

    public static ChartModel Times(string what, IReadOnlyList<ChartPoint> points, IReadOnlyList<ChartMark> marks)
    {
        var last = points[^1].Values;
        var summary = float.IsNaN(last[0])
            ? $"{what} over the last 15 minutes; none in the last 2 minutes"
            : $"{what} over the last 15 minutes, now median {Seconds(last[0])}, p95 {Seconds(last[2])}";
        return new ChartModel
        {
            Kind = ChartKind.Bands,
            Unit = ChartUnit.Seconds,
            Series = Percentiles,
            Points = points,
            Marks = marks,
            Summary = summary,
        };
    }

    /// <summary>Sums over a minute up to each point: what one reads off is so many a minute.</summary>
    public static ChartModel Throughput(Timeline timeline, IReadOnlyList<ChartMark> marks)
    {
        float[][] sums =
        [
            timeline.Sums(bucket => bucket.Completed, Minute), timeline.Sums(bucket => bucket.Retried, Minute),
            timeline.Sums(bucket => bucket.Failed, Minute),
        ];
        return new ChartModel
        {
            Kind = ChartKind.Stack,
            Unit = ChartUnit.PerMinute,
            Series = Outcomes,
            Points = Points(timeline, i => [sums[0][i], sums[1][i], sums[2][i]]),
            Marks = marks,
            Summary = $"Attempts that ended, a minute, over the last 15 minutes; now {Last(sums[0])} completed, {Last(sums[1])} retried, {Last(sums[2])} failed",
        };
    }

    public static ChartModel ErrorRate(Timeline timeline, IReadOnlyList<ChartMark> marks)
    {
        var rates = Rates(timeline);
        return new ChartModel
        {
            Kind = ChartKind.Lines,
            Unit = ChartUnit.Percent,
            Series = [new("error rate", "--nx-st-failed-fill")],
            Points = Points(timeline, i => [rates[i]]),
            Marks = marks,
            Summary = $"Error rate over the last 15 minutes, now {ChartUnit.Percent.Value(rates[^1])}",
        };
    }

    /// <summary>Failed attempts of those that ended within a minute; not known where none ended.</summary>
    public static float[] Rates(Timeline timeline)
    {
        var failed = timeline.Sums(bucket => bucket.Failed + bucket.Retried, Minute);
        var ended = timeline.Sums(bucket => bucket.Completed + bucket.Failed + bucket.Retried, Minute);
        return [.. failed.Zip(ended, (bad, all) => all > 0 ? bad / all : float.NaN)];
    }

    private static ChartPoint[] Points(Timeline timeline, Func<int, float[]> values) =>
        [.. Enumerable.Range(0, timeline.Count).Select(i => new ChartPoint(timeline.TimeOf(i), values(i)))];

    private static string Last(float[] values) => Numbers.Whole(float.IsNaN(values[^1]) ? 0 : (long)values[^1]);

    private static string Seconds(float seconds) => Durations.Text(TimeSpan.FromSeconds(seconds));

    private static ChartModel Stack(
        Timeline timeline,
        List<ChartSeries> series,
        Func<SeriesBucket, IReadOnlyDictionary<string, long>?> read,
        List<string> own,
        List<string> rest,
        IReadOnlyList<ChartMark> marks,
        string grouping)
    {
        var points = new ChartPoint[timeline.Count];
        IReadOnlyDictionary<string, long>? depths = null;
        for (var i = 0; i < points.Length; i++)
        {
            depths = timeline[i] is { } bucket && read(bucket) is { Count: > 0 } known ? known : depths;
            var values = new float[series.Count];
            for (var s = 0; s < values.Length; s++)
            {
                values[s] = depths is null ? float.NaN
                    : s < own.Count ? depths.GetValueOrDefault(own[s])
                    : rest.Sum(name => depths.GetValueOrDefault(name));
            }

            points[i] = new ChartPoint(timeline.TimeOf(i), values);
        }

        var now = points[^1].Total;
        var peak = points.Max(point => point.Total);
        return new ChartModel
        {
            Kind = ChartKind.Stack,
            Unit = ChartUnit.Count,
            Series = series,
            Points = points,
            Marks = marks,
            Summary = $"Queue depth by {grouping} over the last 15 minutes, now {Numbers.Whole((long)now)}, peak {Numbers.Whole((long)peak)}",
        };
    }

    private static List<string> Names(Timeline timeline, Func<SeriesBucket, IReadOnlyDictionary<string, long>?> read)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        IReadOnlyDictionary<string, long>? last = null;
        for (var i = 0; i < timeline.Count; i++)
        {
            // The same dictionary stands in many buckets until the next report.
            if (timeline[i] is { } bucket && read(bucket) is { } depths && !ReferenceEquals(depths, last))
            {
                names.UnionWith(depths.Keys);
                last = depths;
            }
        }

        return [.. names];
    }
}
