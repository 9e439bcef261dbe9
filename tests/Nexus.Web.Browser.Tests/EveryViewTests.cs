using Nexus.Monitoring.Contracts.Events;
using Nexus.Web.Browser.Tests.Hosting;
using static Microsoft.Playwright.Assertions;

namespace Nexus.Web.Browser.Tests;

/// <summary>What holds for each view there is: its picture, its address, and that it stands still when the stream is lost.</summary>
public sealed class EveryViewTests(BrowserFixture browser)
{
    private static readonly string[] Views =
    [
        "/monitoring", "/monitoring?project=patent-radar", "/monitoring/runs", "/monitoring/runs?project=patent-radar", "/monitoring/workers",
        "/monitoring/events", "/monitoring/events?q=event_type%3Atask_retry", "/monitoring/boards",
    ];

    private static string HeadingOf(string view) => view.Split('?')[0].Split('/')[^1] switch
    {
        "monitoring" => "Overview",
        var page => char.ToUpperInvariant(page[0]) + page[1..],
    };

    /// <summary>Pictures of all views for the eyes of whoever changes them: artifacts/screenshots.</summary>
    [Theory]
    [InlineData(1440, false)]
    [InlineData(1440, true)]
    [InlineData(390, false)]
    [InlineData(390, true)]
    public async Task View_AnyWidthAndTheme_FitsAndIsPhotographed(int width, bool dark)
    {
        await using var board = await Board.StartAsync(workerLost: true);
        foreach (var view in Views.Where(view => !view.Contains('?', StringComparison.Ordinal)))
        {
            await using var page = await browser.OpenAsync(board.At(view), width, dark);
            await page.IsLiveAsync();
            await Expect(page.Page.Locator("h1")).ToBeVisibleAsync();
            await page.PhotographAsync($"view-{view.Split('/')[^1]}-{width}-{(dark ? "dark" : "light")}");
            Assert.Equal(width, await page.ScrollWidthAsync());
            Assert.Empty(page.Complaints);
        }
    }

    /// <summary>Pages whose choices stand in their address, with what shows that it was read.</summary>
    [Theory]
    [InlineData("/monitoring/tasks?q=task_type%3Asummarization&status=failed&sort=running", ".task-segments a.is-chosen", "failed")]
    [InlineData("/monitoring/trends?range=1h&by=worker", ".range-picker [aria-pressed=true]", "1 h")]
    [InlineData("/monitoring/tasks/the-task", "h1", "summarization")]
    [InlineData("/monitoring/workers/3?range=1h", ".segmented [aria-pressed=true]", "1 h")]
    [InlineData("/monitoring/boards/wall", "h1", "Wall")]
    [InlineData("/monitoring/about", "h1", "About this instance")]
    public async Task Address_WithChoices_ShowsThemWhereverItIsOpened(string address, string where, string text)
    {
        await using var board = await Board.StartAsync();
        board.Api.Script();
        board.ServeBoard();
        board.Publish(EventTypes.TaskStarted, "the-task");
        await using var first = await browser.OpenAsync(board.Overview);
        await first.IsLiveAsync();
        await first.Page.EvaluateAsync("path => Blazor.navigateTo(path)", address);
        await Expect(first.Page.Locator(where).First).ToContainTextAsync(text);
        await Expect(first.Page).ToHaveURLAsync(board.At(address).ToString());

        await using var second = await browser.OpenAsync(new Uri(first.Page.Url));
        await second.IsLiveAsync();

        await Expect(second.Page.Locator(where).First).ToContainTextAsync(text);
        await Expect(second.Page).ToHaveURLAsync(board.At(address).ToString());
        await first.Page.GoBackAsync();
        await Expect(first.Page).ToHaveURLAsync(board.Overview.ToString());
    }

    /// <summary>Whoever gets the link sees what was seen, and back leads back.</summary>
    [Fact]
    public async Task Address_OpenedElsewhere_ShowsTheSame()
    {
        await using var board = await Board.StartAsync(workerLost: true);
        await using var first = await browser.OpenAsync(board.At(Views[0]));
        await first.IsLiveAsync();
        foreach (var view in Views)
        {
            await first.Page.EvaluateAsync("path => Blazor.navigateTo(path)", view);
            await Expect(first.Page).ToHaveURLAsync(board.At(view).ToString());
            await Expect(first.Page.Locator("h1")).ToHaveTextAsync(HeadingOf(view));
        }

        foreach (var view in Views)
        {
            await using var second = await browser.OpenAsync(board.At(view));
            await second.IsLiveAsync();
            await Expect(second.Page).ToHaveURLAsync(board.At(view).ToString());
            await Expect(second.Page.Locator("h1")).ToHaveTextAsync(HeadingOf(view));
        }

        foreach (var view in Views.Reverse().Skip(1))
        {
            await first.Page.GoBackAsync();
            await Expect(first.Page).ToHaveURLAsync(board.At(view).ToString());
        }
    }

    [Fact]
    public async Task View_StreamLost_SaysAsOfWhenAndStandsStill()
    {
        await using var board = await Board.StartAsync();
        var pages = new List<DashboardPage>();
        try
        {
            string[] live = ["/monitoring", "/monitoring/runs", "/monitoring/workers", "/monitoring/events"];
            foreach (var view in live)
            {
                pages.Add(await browser.OpenAsync(board.At(view)));
                await pages[^1].IsLiveAsync();
            }

            await board.Api.StopAsync();
            foreach (var page in pages)
            {
                await page.IsStaleAsync();
                await Expect(page.Banner).ToContainTextAsync("as of");
                await Expect(page.Page.Locator("main .asof:visible").First).ToBeVisibleAsync();
            }

            var before = await Task.WhenAll(pages.Select(page => page.Page.Locator("main").InnerTextAsync()));
            var banner = await pages[0].Banner.InnerTextAsync();
            await Expect(pages[0].Banner).Not.ToHaveTextAsync(banner);
            Assert.Equal(before, await Task.WhenAll(pages.Select(page => page.Page.Locator("main").InnerTextAsync())));
        }
        finally
        {
            foreach (var page in pages)
            {
                await page.DisposeAsync();
            }
        }
    }
}
