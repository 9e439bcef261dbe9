using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Nexus.Monitoring.Contracts.Events;
using Nexus.Web.Browser.Tests.Hosting;
using static Microsoft.Playwright.Assertions;

namespace Nexus.Web.Browser.Tests;

public sealed class AboutTests(BrowserFixture browser)
{
    [Theory]
    [InlineData(1440, false)]
    [InlineData(1440, true)]
    [InlineData(390, false)]
    [InlineData(390, true)]
    public async Task About_AnyWidthAndTheme_ShowsWhatTheNodeReports(int width, bool dark)
    {
        await using var board = await Board.StartAsync();
        board.Api.Script();
        await using var page = await browser.OpenAsync(board.At("/monitoring/about"), width, dark);
        await page.IsLiveAsync();
        board.Publish(EventTypes.TaskStarted, "measured");

        var latency = page.Page.GetByRole(AriaRole.Region, new() { Name = "Latency, as a table" });
        await Expect(latency.Locator("tbody tr").First).ToContainTextAsync(new Regex("producer to log\\s*4.ms\\s*9.ms\\s*12.ms\\s*600"));
        await Expect(latency.Locator("tbody tr").Nth(3)).ToContainTextAsync(new Regex("browser and back\\s*\\d+.ms"));
        await Expect(page.Page.Locator(".size").First).ToContainTextAsync("125\u202f000 events of about 250\u202f000");
        await Expect(page.Page.Locator(".fact", new() { HasText = "browsers on this dashboard" }).Locator("b")).ToHaveTextAsync("1");
        await Expect(page.Page.Locator(".fact", new() { HasText = "gaps that readers were told of" })).ToContainTextAsync("retention");
        await Expect(page.Page.Locator(".fact", new() { HasText = "Watches the clock" })).ToContainTextAsync("this node, term 4");
        Assert.Equal(width, await page.ScrollWidthAsync());
        await page.PhotographAsync($"about-{width}-{(dark ? "dark" : "light")}");
        await AccessibilityTests.HasNoViolationAsync(page);
        Assert.Empty(page.Complaints);
    }

    [Fact]
    public async Task About_ApiGoes_KeepsWhatWasKnownAndComesBack()
    {
        await using var board = await Board.StartAsync();
        board.Api.Script();
        await using var page = await browser.OpenAsync(board.At("/monitoring/about"));
        await page.IsLiveAsync();
        await Expect(page.Page.Locator(".size").First).ToBeVisibleAsync();

        await board.Api.StopAsync();
        await page.IsStaleAsync();
        await Expect(page.Page.Locator("main .asof:visible").First).ToContainTextAsync("as of");
        await Expect(page.Page.Locator(".size").First).ToBeVisibleAsync();
        await board.Api.StartAsync();

        await page.IsLiveAsync();
        await Expect(page.Page.Locator("main .asof:visible")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Keys_GThenNAndI_LeadToTrendsAndAbout()
    {
        await using var board = await Board.StartAsync();
        board.Api.Script();
        await using var page = await browser.OpenAsync(board.Overview);
        await page.IsLiveAsync();

        await page.Page.Keyboard.PressAsync("g");
        await page.Page.Keyboard.PressAsync("n");
        await Expect(page.Page).ToHaveURLAsync(board.At("/monitoring/trends").ToString());
        await page.Page.Keyboard.PressAsync("g");
        await page.Page.Keyboard.PressAsync("i");
        await Expect(page.Page).ToHaveURLAsync(board.At("/monitoring/about").ToString());
    }
}
