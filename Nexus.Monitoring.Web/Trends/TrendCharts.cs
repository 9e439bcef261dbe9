using System.Globalization;
using Nexus.Monitoring.Contracts.History;
using Nexus.Monitoring.Contracts.State;
using Nexus.Monitoring.Web.Board;
using Nexus.Monitoring.Web.Charts;

namespace Nexus.Monitoring.Web.Trends;

/// <summary>Charts from what the history answers. Nothing is made up between two points: where nothing was measured there is a
/// gap.</summary>
internal static class TrendCharts
{
    private const int MaxLines = TaskTypes.Colours;
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    /// <summary>Percentiles of a point, in the order of the bands.</summary>
    private static readonly (string Name, string Colour, Func<SeriesPoint, double?> Read)[] Percentiles =
    [
        ("p50", "--nx-band-1", point => point.P50), ("p90", "--nx-band-2", point => point.P90), ("p95", "--nx-band-3", point => point.P95),
        ("p99", "--nx-band-4", point => point.P99),
    ];

    public static ChartModel? Events(SeriesAnswer answer, TrendScope scope, TrendPeriod period) =>
        Rates(answer, scope, period, point => point.Count, ChartUnit.PerSecond, "Events a second");

    public static ChartModel? Tasks(SeriesAnswer answer, TrendScope scope, TrendPeriod period) => scope.By is null
        ? Outcomes(answer, scope, period)
        : Rates(answer, scope, period, point => point.Completed, ChartUnit.PerMinute, "Tasks completed a minute");

    public static ChartModel? Errors(SeriesAnswer answer, TrendScope scope, TrendPeriod period)
    {
        var model = Lines(answer, scope, period, point => point.ErrorRate, ChartUnit.Percent, "Error rate");
        return model is { Series: [var only] } && scope.By is null
            ? model with { Series = [only with { Name = "error rate", Colour = "--nx-st-failed-fill" }] }
            : model;
    }

    /// <summary>One line: bands of percentiles. Several: the 95th percentile of each.</summary>
    public static ChartModel? Times(SeriesAnswer answer, TrendScope scope, TrendPeriod period, string what)
    {
        if (scope.By is not null)
        {
            return Lines(answer, scope, period, point => point.P95 / 1000, ChartUnit.Seconds, $"{what}, 95th percentile");
        }

        if (answer.Series is not [var line])
        {
            return null;
        }

        var grid = new SeriesGrid(answer, period);
        var values = Array.ConvertAll(Percentiles, percentile => grid.Values(line, point => percentile.Read(point) / 1000, float.NaN));
        return Model(scope, period, grid, values, [.. Percentiles.Select(one => new ChartSeries(one.Name, one.Colour))]) with
        {
            Kind = ChartKind.Bands,
            Unit = ChartUnit.Seconds,
            Summary = $"{what}, median to 99th percentile, {Words(period)}",
        };
    }

    /// <summary>Depths hold until the next report.</summary>
    public static ChartModel? Queue(SeriesAnswer answer, TrendScope scope, TrendPeriod period, bool byPriority = false)
    {
        var lines = answer.Series.Where(line => line.Key?.EndsWith(QueueState.PrioritySuffix, StringComparison.Ordinal) == byPriority)
            .OrderBy(line => TaskTypes.Order(line.Key!)).ThenBy(line => line.Key, StringComparer.Ordinal).ToList();
        if (lines.Count == 0)
        {
            return null;
        }

        var grid = new SeriesGrid(answer, period);
        var values = lines.ConvertAll(line => Held(grid.Values(line, point => point.Last, float.NaN)));
        var (kept, series) = Fold(lines, values, "task_type");
        return Model(scope, period, grid, kept, series) with
        {
            Kind = ChartKind.Stack,
            Unit = ChartUnit.Count,
            Overall = null,
            Summary = $"Queue depth by {(byPriority ? "priority" : "task type")}, {Words(period)}",
        };
    }

    public static ChartModel? Heat(HeatmapAnswer answer, TrendScope scope, TrendPeriod period, string what)
    {
        if (answer.Columns.Count == 0)
        {
            return null;
        }

        return new ChartModel
        {
            Kind = ChartKind.Heat,
            Unit = ChartUnit.Count,
            Series = [.. answer.Classes.Select(one => new ChartSeries(Seconds(one.ToMs), "--nx-band-1"))],
            Points = [.. answer.Columns.Select(column => new ChartPoint(column.At, [.. column.Counts.Select(count => (float)count)]))],
            Lowest = answer.Classes[0].FromMs / 1000,
            Step = TimeSpan.FromMilliseconds(answer.BucketMs),
            Window = period.Length,
            End = period.To,
            EndsNow = scope.Range.EndsNow,
            Origin = period,
            Summary = $"{what} of {answer.Columns.Sum(column => column.Counts.Sum())} attempts by class, {Words(period)}",
        };
    }

    private static string Seconds(double milliseconds) => (milliseconds / 1000).ToString("0.#####", CultureInfo.InvariantCulture);

    private static ChartModel? Outcomes(SeriesAnswer answer, TrendScope scope, TrendPeriod period)
    {
        if (answer.Series is not [var line])
        {
            return null;
        }

        var outcomes = ChartBuilder.Outcomes;
        var grid = new SeriesGrid(answer, period);
        float[][] counts =
        [
            grid.Values(line, point => point.Completed, 0), grid.Values(line, point => point.Retried, 0),
            grid.Values(line, point => point.Failed, 0),
        ];
        return Model(scope, period, grid, [.. counts.Select(count => grid.Rates(count, Minute))], outcomes) with
        {
            Kind = ChartKind.Stack,
            Unit = ChartUnit.PerMinute,
            Overall = Means(counts, period, Minute),
            Summary = $"Attempts that ended, a minute, {Words(period)}: {Told(outcomes, counts)}",
        };
    }

    private static string Told(IReadOnlyList<ChartSeries> outcomes, float[][] counts) =>
        string.Join(", ", outcomes.Select((one, i) => $"{counts[i].Sum():0} {one.Name}"));

    private static ChartModel? Rates(
        SeriesAnswer answer, TrendScope scope, TrendPeriod period, Func<SeriesPoint, double?> read, ChartUnit unit, string what)
    {
        if (answer.Series.Count == 0)
        {
            return null;
        }

        var grid = new SeriesGrid(answer, period);
        var length = unit == ChartUnit.PerSecond ? Second : Minute;
        var (counts, series) = Fold(answer.Series, [.. answer.Series.Select(line => grid.Values(line, read, 0))], scope.By);
        return Model(scope, period, grid, [.. counts.Select(count => grid.Rates(count, length))], series) with
        {
            Kind = ChartKind.Stack,
            Unit = unit,
            Series = scope.By is null ? [series[0] with { Name = "all" }] : series,
            Overall = Means(counts, period, length),
            Summary = $"{what}, {Words(period)}: {unit.Value(Means(counts, period, length).Sum())} on average",
        };
    }

    private static ChartModel? Lines(
        SeriesAnswer answer, TrendScope scope, TrendPeriod period, Func<SeriesPoint, double?> read, ChartUnit unit, string what)
    {
        if (answer.Series.Count == 0)
        {
            return null;
        }

        var grid = new SeriesGrid(answer, period);
        var lines = answer.Series.Take(MaxLines).ToList();
        return Model(
            scope, period, grid, lines.ConvertAll(line => grid.Values(line, read, float.NaN)),
            [.. lines.Select((line, i) => SeriesColours.Of(line.Key, i, scope.By))]) with
        {
            Kind = ChartKind.Lines,
            Unit = unit,
            Summary = $"{what}{(scope.By is null ? "" : $" by {scope.By.Replace('_', ' ')}")}, {Words(period)}",
        };
    }

    /// <summary>The lines with most events have their own colours, the rest is one.</summary>
    private static (IReadOnlyList<float[]> Values, IReadOnlyList<ChartSeries> Series) Fold(
        IReadOnlyList<SeriesLine> lines, List<float[]> values, string? by)
    {
        var series = lines.Take(MaxLines).Select((line, i) => SeriesColours.Of(line.Key, i, by)).ToList();
        List<float[]> kept = [.. values.Take(MaxLines)];
        if (lines.Count > MaxLines)
        {
            var rest = values.Skip(MaxLines).ToList();
            kept.Add([.. Enumerable.Range(0, values[0].Length).Select(i => rest.Sum(line => float.IsNaN(line[i]) ? 0 : line[i]))]);
            series.Add(new ChartSeries($"{lines.Count - MaxLines} {SeriesColours.Other}", "--nx-cat-other"));
        }

        return (kept, series);
    }

    private static ChartModel Model(
        TrendScope scope, TrendPeriod period, SeriesGrid grid, IReadOnlyList<float[]> values, IReadOnlyList<ChartSeries> series) => new()
    {
        Kind = ChartKind.Lines,
        Unit = ChartUnit.Count,
        Series = series,
        Points = [.. grid.Times.Select((time, i) => new ChartPoint(time, [.. values.Select(line => line[i])]))],
        Step = grid.Step,
        Window = period.Length,
        End = period.To,
        EndsNow = scope.Range.EndsNow,
        Origin = period,
        Summary = "",
    };

    private static float[] Means(IReadOnlyList<float[]> counts, TrendPeriod period, TimeSpan unit) =>
        [.. counts.Select(line => (float)(line.Sum() * unit.TotalSeconds / period.Length.TotalSeconds))];

    private static float[] Held(float[] values)
    {
        for (var i = 1; i < values.Length; i++)
        {
            values[i] = float.IsNaN(values[i]) ? values[i - 1] : values[i];
        }

        return values;
    }

    private static string Words(TrendPeriod period) =>
        $"{Formatting.Times.Utc.Clock(period.From, period.To)} to {Formatting.Times.Utc.Clock(period.To)} UTC";
}
