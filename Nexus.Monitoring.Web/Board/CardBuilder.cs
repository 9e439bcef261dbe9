using Nexus.Monitoring.Contracts.State;
using Nexus.Monitoring.Web.Charts;
using Nexus.Monitoring.Web.Formatting;
using Nexus.Monitoring.Web.Pages;

namespace Nexus.Monitoring.Web.Board;

/// <summary>The six figures at the top.</summary>
internal static class CardBuilder
{
    private const int Minute = 12;

    public static MetricCard Workers(LiveState state, Timeline all, string? project, IReadOnlyList<WorkerRow> rows)
    {
        var busy = rows.Count(row => row.Standing == WorkerStanding.Busy);
        var lost = rows.Count(row => row.Standing == WorkerStanding.Lost);
        var online = project is null ? state.WorkersOnline : busy;
        var known = state.WorkersOnline + lost;
        return new MetricCard
        {
            Label = "Active workers",
            Value = [new(Numbers.Whole(online), "")],
            Suffix = $"of {Numbers.Whole(known)}",
            Context = project is null ? $"{busy} busy, {online - busy} idle, {lost} lost" : $"at work for {project}",
            Href = PageAddress.With(PageAddress.Workers, ("project", project)),
            Spark = project is null ? Sparks.Thin(all.Levels(bucket => bucket.WorkersOnline)) : [],
        };
    }

    public static MetricCard QueueDepth(LiveState state, Timeline all, ProjectState figures, string? project)
    {
        var levels = all.Levels(bucket => Depth(bucket));
        var peak = Sparks.Peak(levels);
        var depth = project is null && state.Queues.UpdatedAt is not null
            ? state.Queues.Total : figures.Tasks.Pending + figures.Tasks.Retrying;
        return new MetricCard
        {
            Label = "Queue depth",
            Value = [new(Numbers.Whole(depth), "")],
            Context = project is not null ? "waiting in this project"
                : peak is { } top ? new Wording(times => $"peak {Numbers.Whole((long)top.Value)} at {times.Minute(all.TimeOf(top.Index))}")
                : "no depth reported yet",
            Href = Series("queue", project),
            Spark = project is null ? Sparks.Thin(levels) : [],
        };
    }

    public static MetricCard Throughput(Timeline own, string? project)
    {
        var perMinute = own.Sums(bucket => bucket.Completed, Minute);
        var (total, minutes) = Mean(own);
        return new MetricCard
        {
            Label = "Throughput",
            Value = [Numbers.Rate(Last(perMinute))],
            Context = minutes > 0 ? $"mean {Numbers.Rate(total / minutes)} over {Math.Ceiling(minutes)} min" : "no task has completed yet",
            Href = Series("tasks", project),
            Spark = Sparks.Thin(perMinute),
        };
    }

    public static MetricCard ErrorRate(Timeline own, string? project)
    {
        var rates = ChartBuilder.Rates(own);
        var peak = Sparks.Peak(rates);
        return new MetricCard
        {
            Label = "Error rate, 60 s",
            Value = float.IsNaN(rates[^1]) ? [] : [Numbers.Percent(rates[^1])],
            Context = peak is { Value: > 0 } top ? new Wording(times => $"peak {Numbers.Percent(top.Value)} at {times.Minute(own.TimeOf(top.Index))}")
                : !float.IsNaN(rates[^1]) ? "no failure in 15 min"
                : "no attempt ended in 60 s",
            Href = Series("errors", project),
            Spark = Sparks.Thin(rates),
            IsError = true,
        };
    }

    /// <param name="label">With the percentile in it.</param>
    /// <param name="chart">Where it is drawn among the trends.</param>
    /// <param name="percentiles">Points of p50, p90, p95 and p99 in seconds.</param>
    /// <param name="project">Only of this one.</param>
    /// <param name="unknown">What to say when there is none.</param>
    public static MetricCard Percentile(string label, string chart, IReadOnlyList<ChartPoint> percentiles, string? project, string unknown)
    {
        var last = percentiles[^1].Values;
        var isKnown = !float.IsNaN(last[0]);
        return new MetricCard
        {
            Label = label,
            Value = isKnown ? Durations.Parts(TimeSpan.FromSeconds(last[2])) : [],
            Context = isKnown ? $"median {Durations.Text(TimeSpan.FromSeconds(last[0]))}, over 2 min" : unknown,
            Href = Series(chart, project),
            Spark = Sparks.Thin([.. percentiles.Select(point => point.Values[2])]),
        };
    }

    /// <summary>The same figure over any time.</summary>
    private static string Series(string chart, string? project) =>
        PageAddress.With(PageAddress.Trends, ("project", project)) + $"#trend-{chart}";

    private static double? Depth(SeriesBucket bucket) => bucket switch
    {
        { QueueByPriority: { Count: > 0 } depths } => depths.Values.Sum(),
        { QueueByTaskType: { Count: > 0 } depths } => depths.Values.Sum(),
        _ => null,
    };

    private static double Last(float[] values) => float.IsNaN(values[^1]) ? 0 : values[^1];

    private static (double Total, double Minutes) Mean(Timeline own)
    {
        var total = 0d;
        var intervals = 0;
        for (var i = 0; i < own.Count; i++)
        {
            total += own[i]?.Completed ?? 0;
            intervals += intervals > 0 || own[i] is not null ? 1 : 0;
        }

        return (total, intervals / (double)Minute);
    }
}
