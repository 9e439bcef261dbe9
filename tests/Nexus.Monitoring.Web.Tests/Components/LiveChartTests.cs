using Bunit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.JSInterop;
using Nexus.Monitoring.Web.Charts;
using Nexus.Monitoring.Web.Components.Charts;
using Nexus.Monitoring.Web.Interop;
using Nexus.Monitoring.Web.Tests.Interop;

namespace Nexus.Monitoring.Web.Tests.Components;

public sealed class LiveChartTests : DashboardContext
{
    private static readonly DateTimeOffset Start = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Render_ConnectionDropsWhileAPartIsSent_SendsAllOfItWhenItIsBack()
    {
        var browser = new ScriptedBrowser();
        Services.AddSingleton<IJSRuntime>(browser);
        var chart = Render<LiveChart>(parameters => parameters.Add(x => x.Model, Model(3)).Add(x => x.Title, "now"));
        await Eventually.IsTrueAsync(() => browser.Count("push") == 1, "the chart is drawn");
        var link = Services.GetRequiredService<BrowserLink>();

        browser.Hold();
        chart.Render(parameters => parameters.Add(x => x.Model, Model(4)));
        await Eventually.IsTrueAsync(() => browser.Count("push") == 2, "the next part is under way");
        browser.GoOn();
        await chart.InvokeAsync(() =>
        {
            link.Lose();
            link.Return();
        });

        await Eventually.IsTrueAsync(() => browser.Count("push") == 3, "it is sent again");
        Assert.Equal(ChartDelta.Whole(Model(4)), browser.Calls.Last(call => call.Function == "push").Arguments[0]);
    }

    private static ChartModel Model(int points) => new()
    {
        Kind = ChartKind.Lines,
        Unit = ChartUnit.PerMinute,
        Series = [new("rate", "--nx-cat-1")],
        Points = [.. Enumerable.Range(0, points).Select(i => new ChartPoint(Start.AddSeconds(5 * i), [i]))],
        Summary = "",
    };
}
