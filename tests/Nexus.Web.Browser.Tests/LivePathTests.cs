using Nexus.Monitoring.Contracts.Events;
using Nexus.Web.Browser.Tests.Hosting;
using static Microsoft.Playwright.Assertions;

namespace Nexus.Web.Browser.Tests;

/// <summary>The whole path: posted to the API, through Redis and the stream, into a browser.</summary>
public sealed class LivePathTests(BrowserFixture browser)
{
    [Fact]
    public async Task DemoPosted_EachOfItsEvents_IsSeen()
    {
        Assert.SkipUnless(BrowserFixture.IsInstalled, BrowserFixture.WhyMissing);
        await using var stack = await NexusStack.StartAsync();
        await using var page = await browser.OpenAsync(stack.Dashboard("/monitoring/events"), height: 1800);
        await page.IsLiveAsync();

        var events = await stack.PostDemoAsync();

        await page.Page.WaitForFunctionAsync(
            "cursors => { const shown = [...document.querySelectorAll('[data-row]')].map(row => row.href); "
            + "return cursors.every(cursor => shown.some(href => href.endsWith(`event=${cursor}`))); }",
            events.Select(entry => entry.Cursor).ToArray());
        Assert.Equal(EventTypes.All.Except([EventTypes.StatsSnapshot, EventTypes.AlertFiring, EventTypes.AlertResolved]).Order(),
            events.Select(entry => entry.Type).Where(EventTypes.All.Contains).Distinct().Order().Except([EventTypes.StatsSnapshot, EventTypes.AlertFiring, EventTypes.AlertResolved]));
        Assert.Empty(page.Complaints);
    }

    [Fact]
    public async Task DemoPosted_Overview_TellsItsStory()
    {
        Assert.SkipUnless(BrowserFixture.IsInstalled, BrowserFixture.WhyMissing);
        await using var stack = await NexusStack.StartAsync();
        await using var page = await browser.OpenAsync(stack.Dashboard("/monitoring"));
        await page.IsLiveAsync();
        await Expect(page.Page.GetByText("No run in progress")).ToBeVisibleAsync();

        await stack.PostDemoAsync();

        await Expect(page.TailRows.First).ToBeVisibleAsync();
        await Expect(page.Page.Locator(".attention")).ToContainTextAsync("Worker 9002 lost");
        await Expect(page.Page.Locator(".failure").First).ToBeVisibleAsync();
        await Expect(page.Page.Locator(".worker.is-lost")).ToHaveCountAsync(1);
        await page.PhotographAsync("demo-1440-light");
        Assert.Empty(page.Complaints);
    }
}
