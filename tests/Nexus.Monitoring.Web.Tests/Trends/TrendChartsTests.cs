using Nexus.Monitoring.Contracts.History;
using Nexus.Monitoring.Web.Charts;
using Nexus.Monitoring.Web.Pages;
using Nexus.Monitoring.Web.Trends;

namespace Nexus.Monitoring.Web.Tests.Trends;

public sealed class TrendChartsTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);
    private static readonly TrendPeriod Period = new(Noon, Noon.AddSeconds(150));
    private static readonly TrendScope Scope = new() { Range = TimeRange.Between(Period.From, Period.To) };

    [Fact]
    public void Events_BucketCoveredInPart_HasTheRateOfThatPart()
    {
        var model = TrendCharts.Events(Answer(new SeriesLine(null, [Counted(0, 120), Counted(120, 60)])), Scope, Period)!;

        Assert.Equal([2f, 0f, 2f], model.Points.Select(point => point.Values[0]));
        Assert.Equal(180 / 150f, Assert.Single(model.Overall!), 4);
        Assert.Equal((ChartKind.Stack, ChartUnit.PerSecond, Period.To), (model.Kind, model.Unit, model.End));
    }

    [Fact]
    public void Events_MoreLinesThanColours_FoldsTheRest()
    {
        var lines = Enumerable.Range(0, 11).Select(i => new SeriesLine($"p{i}", [Counted(0, 60)])).ToArray();

        var model = TrendCharts.Events(Answer(lines), Scope with { By = "project" }, Period)!;

        Assert.Equal(9, model.Series.Count);
        Assert.Equal(("3 other", 3f), (model.Series[8].Name, model.Points[0].Values[8]));
        Assert.Equal(model.Series.Count, model.Series.Select(series => series.Colour).Distinct().Count());
    }

    [Fact]
    public void Tasks_WithoutSplit_AreOutcomes_AndErrorsHaveGapsWhereNothingEnded()
    {
        SeriesPoint point = new(Noon) { Count = 12, Completed = 8, Retried = 1, Failed = 1, ErrorRate = 0.2 };
        var answer = Answer(new SeriesLine(null, [point]));

        var tasks = TrendCharts.Tasks(answer, Scope, Period)!;
        var errors = TrendCharts.Errors(answer, Scope, Period)!;

        Assert.Equal(["completed", "retried", "failed"], tasks.Series.Select(series => series.Name));
        Assert.Equal([8f, 1f, 1f], tasks.Points[0].Values);
        Assert.Equal([0.2f, float.NaN, float.NaN], errors.Points.Select(one => one.Values[0]));
        Assert.Equal(ChartUnit.Percent, errors.Unit);
    }

    [Fact]
    public void Times_OneLine_AreBandsInSeconds_SeveralAreTheirP95()
    {
        SeriesPoint point = new(Noon) { P50 = 1000, P90 = 2000, P95 = 3000, P99 = 4000 };

        var bands = TrendCharts.Times(Answer(new SeriesLine(null, [point])), Scope, Period, "Run time")!;
        var lines = TrendCharts.Times(Answer(new SeriesLine("3", [point])), Scope with { By = "worker" }, Period, "Run time")!;

        Assert.Equal((ChartKind.Bands, ChartKind.Lines), (bands.Kind, lines.Kind));
        Assert.Equal([1f, 2f, 3f, 4f], bands.Points[0].Values);
        Assert.True(float.IsNaN(bands.Points[1].Values[0]));
        Assert.Equal(("worker 3", 3f), (lines.Series[0].Name, lines.Points[0].Values[0]));
    }

    [Fact]
    public void Queue_PrioritiesAndTypes_AreNeverMixed_AndHoldTheirLevel()
    {
        var answer = Answer(new SeriesLine("search", [new(Noon) { Last = 7 }]), new SeriesLine("low_priority", [new(Noon) { Last = 9 }]));

        Assert.Equal("search", Assert.Single(TrendCharts.Queue(answer, Scope, Period)!.Series).Name);
        Assert.Equal([7f, 7f, 7f], TrendCharts.Queue(answer, Scope, Period)!.Points.Select(point => point.Values[0]));
        Assert.Equal("low_priority", Assert.Single(TrendCharts.Queue(answer, Scope, Period, byPriority: true)!.Series).Name);
    }

    [Fact]
    public void Heat_Columns_BecomeRowsInSeconds()
    {
        var answer = new HeatmapAnswer(Noon, Period.To, 60_000, [new(1000, 1414.2), new(1414.2, 2000)], [new(Noon, [3, 4])]);

        var model = TrendCharts.Heat(answer, Scope, Period, "Run time")!;

        Assert.Equal(["1.4142", "2"], model.Series.Select(series => series.Name));
        Assert.Equal(1.0, model.Lowest);
        Assert.Equal([3f, 4f], model.Points[0].Values);
        Assert.Null(TrendCharts.Heat(answer with { Columns = [], Classes = [] }, Scope, Period, "Run time"));
    }

    [Fact]
    public void Any_NothingMeasured_IsNoChart()
    {
        Assert.All(TrendChartKind.All, kind => Assert.Null(kind.Draw(Answer(), Scope, Period)));
        Assert.All(TrendChartKind.All, kind => Assert.Same(kind, TrendChartKind.Of(kind.Name)));
        Assert.Throws<ArgumentOutOfRangeException>(() => TrendChartKind.Of("nothing"));
    }

    private static SeriesPoint Counted(int second, long count) => new(Noon.AddSeconds(second)) { Count = count };

    private static SeriesAnswer Answer(params SeriesLine[] lines) => new(Noon, Period.To, 60_000, lines);
}
