using Nexus.Monitoring.Contracts.Query;
using Nexus.Monitoring.Web.Pages;
using Nexus.Monitoring.Web.Trends;

namespace Nexus.Monitoring.Web.Tests.Trends;

public sealed class TrendScopeTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 12, 0, 7, 250, TimeSpan.Zero);

    [Fact]
    public void Question_EndsNow_IsTheSameForAllWhoAskWithinTheSameSeconds()
    {
        var scope = Scope("1h");

        var early = scope.Question("api/x", scope.At(Now));

        Assert.Equal(early, scope.Question("api/x", scope.At(Now.AddSeconds(2))));
        Assert.NotEqual(early, scope.Question("api/x", scope.At(Now.AddSeconds(5))));
        Assert.Equal("api/x?from=2026-11-23T11%3A00%3A05Z&to=2026-11-23T12%3A00%3A05Z", early);
    }

    [Fact]
    public void At_PeriodOfItsOwn_StandsStill()
    {
        var scope = new TrendScope { Range = TimeRange.Between(Now.AddDays(-2), Now.AddDays(-1)) };

        Assert.Equal(new TrendPeriod(Now.AddDays(-2), Now.AddDays(-1)), scope.At(Now));
        Assert.Equal(TimeSpan.MaxValue, scope.Refresh(Now));
    }

    [Theory]
    [InlineData(null, null, null, null)]
    [InlineData("atlas", null, null, "project_id:\"atlas\"")]
    [InlineData("a \"b\" \\c", "search", null, "project_id:\"a \\\"b\\\" \\\\c\" task_type:\"search\"")]
    [InlineData("atlas", null, "x OR y", "project_id:\"atlas\" (x OR y)")]
    [InlineData(null, null, "x OR y", "x OR y")]
    public void Filter_OfProjectTypeAndQuery_IsOneQueryThatTheApiUnderstands(string? project, string? type, string? query, string? expected)
    {
        var filter = (Scope("1h") with { Project = project, TaskType = type, Query = query }).Filter;

        Assert.Equal(expected, filter);
        Assert.True(EventQuery.TryParse(filter ?? "", out _, out var error), error?.ToString());
    }

    [Fact]
    public void Period_MovedZoomedAndCompared_KeepsItsLength()
    {
        var hour = new TrendPeriod(Now.AddHours(-1), Now);

        Assert.Equal(new TrendPeriod(Now.AddHours(-1.5), Now.AddHours(-0.5)), hour.Move(-0.5));
        Assert.Equal(new TrendPeriod(Now.AddMinutes(-45), Now.AddMinutes(-15)), hour.Zoom(0.5));
        Assert.Equal(new TrendPeriod(Now.AddHours(-2), Now.AddHours(-1)), hour.Before(null));
        Assert.Equal(new TrendPeriod(Now.AddHours(-25), Now.AddHours(-24)), hour.Before("day"));
        Assert.Equal(hour.Move(-40), hour.Before(TrendPeriod.InAddress(Now.AddHours(-41), Now.AddHours(-40))));
        Assert.Equal(hour.Before(null), hour.Before(TrendPeriod.InAddress(Now, Now)));
    }

    private static TrendScope Scope(string range) => new() { Range = TimeRange.Read(range, null, null) };
}
