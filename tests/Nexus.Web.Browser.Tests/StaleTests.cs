using Nexus.Monitoring.Contracts.Events;
using Nexus.Web.Browser.Tests.Hosting;
using static Microsoft.Playwright.Assertions;

namespace Nexus.Web.Browser.Tests;

public sealed class StaleTests(BrowserFixture browser)
{
    [Fact]
    public async Task Stream_Lost_SaysAsOfWhenAndStopsItsClocks()
    {
        await using var board = await Board.StartAsync();
        await using var page = await browser.OpenAsync(board.Overview);
        await page.IsLiveAsync();

        await board.Api.StopAsync();
        await page.IsStaleAsync();

        await Expect(page.Banner).ToContainTextAsync("Stream lost");
        await Expect(page.Pill).ToContainTextAsync("reconnecting");
        await Expect(page.Page.Locator(".panel-head .asof").First).ToHaveTextAsync(new System.Text.RegularExpressions.Regex("^as of \\d\\d:\\d\\d:\\d\\d$"));
        await Expect(page.Page.Locator("a.card .asof").First).ToBeVisibleAsync();
        // The banner goes on counting: what does not, is what stands still.
        await BannerTicksAsync(page);
        var clocks = await page.Page.Locator(".clock").AllTextContentsAsync();
        await BannerTicksAsync(page);
        Assert.Equal(clocks, await page.Page.Locator(".clock").AllTextContentsAsync());
        await page.PhotographAsync("stale-1440-light");
        Assert.Empty(page.Complaints);
    }

    [Fact]
    public async Task Dashboard_Restarted_PageSaysSoMeanwhileAndComesBack()
    {
        await using var board = await Board.StartAsync();
        var overview = board.Overview;
        await using var page = await browser.OpenAsync(new Uri($"{overview}?project=patent-radar"));
        await page.IsLiveAsync();

        await board.StopDashboardAsync();
        var banner = page.Page.Locator("#circuit-banner");
        await Expect(banner).ToBeVisibleAsync();
        await Expect(banner).ToContainTextAsync(new System.Text.RegularExpressions.Regex("as of \\d\\d:\\d\\d:\\d\\d UTC"));
        Assert.Matches("^\"as of \\d\\d:\\d\\d:\\d\\d\"$", await page.Page.Locator(".panel-head .asof").First.EvaluateAsync<string>(
            "element => getComputedStyle(element, '::after').content"));
        await page.PhotographAsync("circuit-lost-1440-light");

        await board.StartDashboardAsync(overview);

        await Expect(banner).ToBeHiddenAsync(new() { Timeout = 45_000 });
        await page.IsLiveAsync();
        await Expect(page.Page.Locator(".run-name")).ToHaveTextAsync("Solid electrolytes since 2022");
    }

    [Fact]
    public async Task Stream_ComesBack_GoesOnWithoutGapOrDuplicate()
    {
        await using var board = await Board.StartAsync();
        await using var page = await browser.OpenAsync(board.At("/monitoring/events?text=run-of-the-test"));
        await page.IsLiveAsync();
        board.Publish(EventTypes.TaskStarted, "before");
        await Expect(page.Page.Locator(".event-scroll .task-ref").First).ToHaveTextAsync("before");

        await board.Api.StopAsync();
        await page.IsStaleAsync();
        for (var i = 1; i <= 5; i++)
        {
            board.Publish(EventTypes.TaskStarted, $"missed-{i}");
        }

        await board.Api.StartAsync();
        await page.IsLiveAsync();
        board.Publish(EventTypes.TaskStarted, "after");

        await Expect(page.Page.Locator(".event-scroll .task-ref")).ToHaveTextAsync(
            ["after", "missed-5", "missed-4", "missed-3", "missed-2", "missed-1", "before"]);
        await Expect(page.Banner).ToHaveCountAsync(0);
        Assert.Empty(page.Complaints);
    }

    private static async Task BannerTicksAsync(DashboardPage page)
    {
        var before = await page.Banner.TextContentAsync();
        await Expect(page.Banner).Not.ToHaveTextAsync(before!);
    }
}
