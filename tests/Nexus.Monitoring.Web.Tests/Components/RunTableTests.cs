using AngleSharp.Dom;
using Bunit;
using Nexus.Monitoring.Web.Board;
using Nexus.Monitoring.Web.Components.Kit;

namespace Nexus.Monitoring.Web.Tests.Components;

public sealed class RunTableTests : DashboardContext
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    private static readonly RunRow Run = new()
    {
        Id = "7f3a2c9e",
        Name = "EU packaging suppliers",
        Status = WorkStatus.Processing,
        StartedAt = Noon.AddMinutes(-22),
        Phases =
        [
            new("search", WorkStatus.Completed, 192, 0, 192),
            new("extraction", WorkStatus.Processing, 406, 2, 640),
            new("storage", WorkStatus.Pending, 0, 0, 32),
        ],
        Completed = 598,
        Failed = 2,
        Total = 864,
        RatePerMinute = 16.6,
        PhaseEnd = Noon.AddMinutes(14),
        TraceId = "4bf92f3577b34da6a3ce929d0e0e4736",
    };

    [Fact]
    public void Render_Phases_TellDoneOfTotalAndWhatIsAhead()
    {
        var table = Table(Run);

        Assert.Equal(["192", "406 / 640 63 %", "32 to do"], table.FindAll(".phase .numbers").Select(Text));
        var bar = table.FindAll("[role=progressbar]")[1];
        Assert.Equal(("extraction", "406", "640"), (bar.GetAttribute("aria-label"), bar.GetAttribute("aria-valuenow"), bar.GetAttribute("aria-valuemax")));
        Assert.NotNull(bar.QuerySelector(".fail"));
    }

    [Theory]
    [InlineData(false, "12:14 in 14 min")]
    [InlineData(true, "– unknown")]
    public void Render_Estimate_IsUnknownWhenStale(bool isStale, string expected) =>
        Assert.Equal(expected, Text(Table(Run, isStale).Find(".run-end")));

    [Fact]
    public void Render_RunOfWhichNothingIsHeard_SaysForHowLongInPlaceOfAnEstimate()
    {
        var table = Table(Run with { SilentSince = Noon.AddMinutes(-12) });

        Assert.Equal(("– silent 12 min", "silent for 12 min"), (Text(table.Find(".run-end")), Text(table.Find(".run-now"))));
    }

    [Fact]
    public void Render_NothingToEstimateFrom_SaysSo() =>
        Assert.Equal("– no estimate", Text(Table(Run with { PhaseEnd = null }).Find(".run-end")));

    [Fact]
    public void Render_TraceTemplate_IsWhatLinksToTraces()
    {
        Assert.Empty(Table(Run).FindAll("a[target=_blank]"));

        Options.TraceUrlTemplate = "http://traces/{traceId}?a=b";

        Assert.Equal("http://traces/4bf92f3577b34da6a3ce929d0e0e4736?a=b", Table(Run).Find("a[target=_blank]").GetAttribute("href"));
    }

    [Fact]
    public void Render_AllRunsThatAreKept_DrawsAScreenOfThem()
    {
        var table = Render<RunTable>(table => table
            .Add(component => component.Runs, [.. Enumerable.Range(0, 200).Select(number => Run with { Id = $"run-{number}" })])
            .Add(component => component.Now, Noon));

        Assert.Equal("201", table.Find("[role=table]").GetAttribute("aria-rowcount"));
        Assert.InRange(table.FindAll(".run-row").Count, 20, 150);
    }

    private IRenderedComponent<RunTable> Table(RunRow run, bool isStale = false) => Render<RunTable>(table => table
        .Add(component => component.Runs, [run])
        .Add(component => component.Now, Noon)
        .Add(component => component.IsStale, isStale));

    /// <summary>The words, a space between those of neighbouring elements.</summary>
    private static string Text(IElement element) => string.Join(
        ' ',
        element.Descendants<IText>().SelectMany(text => text.Data.Split([' ', '\n', '\u00a0'], StringSplitOptions.RemoveEmptyEntries)));
}
