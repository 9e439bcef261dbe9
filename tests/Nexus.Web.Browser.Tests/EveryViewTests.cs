using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
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

    /// <summary>One of each kind.</summary>
    private static readonly (string Name, string Address)[] Live =
    [
        ("overview", "/monitoring"), ("runs", "/monitoring/runs"), ("run", "/monitoring/runs/run-of-the-test?task=task-2&show=all"), ("tasks", "/monitoring/tasks"),
        ("task", "/monitoring/tasks/task-2"), ("workers", "/monitoring/workers"), ("worker", "/monitoring/workers/7"), ("events", "/monitoring/events"),
        ("trends", "/monitoring/trends"), ("board", "/monitoring/boards/wall"), ("about", "/monitoring/about"),
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
        await using var board = await StartAsync();
        var look = $"{width}-{(dark ? "dark" : "light")}";
        foreach (var (name, view) in Live)
        {
            await using var page = await browser.OpenAsync(board.At(view), width, dark);
            await page.IsLiveAsync();
            await Expect(page.Page.Locator("h1")).ToBeVisibleAsync();
            await Expect(page.Page.Locator(".skeleton")).ToHaveCountAsync(0);
            await page.PhotographAsync($"view-{name}-{look}");
            Assert.Equal(width, await page.ScrollWidthAsync());
            Assert.Empty(page.Complaints);
        }

        await using var past = await browser.OpenAsync(board.At($"/monitoring?at={DateTimeOffset.UtcNow.AddMinutes(-3):yyyy-MM-ddTHH:mm:ssZ}"), width, dark);
        await Expect(past.Page.Locator(".banner.is-past")).ToContainTextAsync("You are looking at");
        await past.PhotographAsync($"view-instant-{look}");
        Assert.Equal(width, await past.ScrollWidthAsync());

        await using var stale = await browser.OpenAsync(board.Overview, width, dark);
        await stale.IsLiveAsync();
        await board.Api.StopAsync();
        await stale.IsStaleAsync();
        await stale.PhotographAsync($"view-stale-{look}");
        Assert.Equal(width, await stale.ScrollWidthAsync());
    }

    [Fact]
    public async Task Board_InKioskMode_HasTheWholeScreen()
    {
        await using var board = await StartAsync();
        await using var page = await browser.OpenAsync(board.At("/monitoring/boards/wall?kiosk=1"));
        await Expect(page.Page.Locator("h1")).ToHaveTextAsync("Wall");

        foreach (var part in new[] { ".topbar", ".nav", "footer.time" })
        {
            await Expect(page.Page.Locator(part)).ToBeHiddenAsync();
        }

        Assert.Equal(1440, (await page.Page.Locator("main").BoundingBoxAsync())!.Width);
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

    /// <summary>Nothing ticks, nothing jumps, nothing claims to be live; and each panel says as of when, which is when the stream was lost.</summary>
    [Fact]
    public async Task View_StreamLost_SaysAsOfWhenAndStandsStill()
    {
        await using var board = await StartAsync();
        var pages = new List<DashboardPage>();
        try
        {
            foreach (var (_, view) in Live)
            {
                pages.Add(await browser.OpenAsync(board.At(view)));
                await pages[^1].IsLiveAsync();
                await Expect(pages[^1].Page.Locator(".skeleton")).ToHaveCountAsync(0);
            }

            // Past the second in which the first of them was drawn
            await Expect(pages[0].Page.Locator(".time .clk b")).Not.ToHaveTextAsync(await pages[0].Page.Locator(".time .clk b").InnerTextAsync());
            await board.Api.StopAsync();
            foreach (var page in pages)
            {
                await page.IsStaleAsync();
                await Expect(page.Page.Locator(".time .clk small")).ToContainTextAsync("frozen");
                var stood = await page.Page.Locator(".time .clk b").InnerTextAsync();
                await Expect(page.Banner).ToContainTextAsync($"as of {stood}");
                await Expect(page.Page.Locator("main .asof:visible").First).ToHaveTextAsync(new Regex($" {stood}$"));
                await Expect(page.Page.Locator(".btn.live")).ToHaveAttributeAsync("aria-pressed", "false");
                await Expect(page.Page.Locator(".density .after")).ToBeVisibleAsync();
            }

            var before = await Task.WhenAll(pages.Select(TextAsync));
            foreach (var page in pages)
            {
                var banner = await page.Banner.InnerTextAsync();
                await Expect(page.Banner).Not.ToHaveTextAsync(banner);
            }

            Assert.Equal(before, await Task.WhenAll(pages.Select(TextAsync)));
            var run = pages[Live.ToList().FindIndex(view => view.Name == "run")];
            await Expect(run.Page.Locator(".attempt.is-running").First).ToBeAttachedAsync();
            Assert.Equal("paused", await run.Page.Locator(".attempt.is-running").First.EvaluateAsync<string>("bar => getComputedStyle(bar, '::after').animationPlayState"));
        }
        finally
        {
            foreach (var page in pages)
            {
                await page.DisposeAsync();
            }
        }
    }

    /// <summary>The page without what it says of the connection, and its time bar.</summary>
    private static Task<string> TextAsync(DashboardPage page) => page.Page.EvaluateAsync<string>(
        """
        () => {
          const main = document.querySelector('main').cloneNode(true);
          for (const alert of main.querySelectorAll('[role=alert]')) { alert.remove(); }
          const time = document.querySelector('footer.time');
          return [main.textContent, time.textContent, time.querySelector('.head').getAttribute('style')].join('\n');
        }
        """);

    /// <summary>With a run and a task that go on, a worker that is gone, a history and a board.</summary>
    private static async Task<Board> StartAsync()
    {
        var board = await Board.StartAsync(workerLost: true);
        board.Api.Script();
        board.Api.Answers["/api/views"] = _ => Results.Text("""{"items":[]}""", "application/json");
        board.Api.Answers["/api/boards"] = _ => Results.Text(
            """
            {"items":[{"id":"wall","name":"Wall","version":1,"updated_at":"2026-11-23T12:00:00Z","panels":[
            {"id":"a","kind":"queue-depth","width":7},{"id":"b","kind":"workers","width":4},{"id":"c","kind":"times","width":8},{"id":"d","kind":"demand","width":12}]}]}
            """,
            "application/json");
        board.Publish(EventTypes.RunStarted, "run-of-the-test");
        for (var i = 0; i < 6; i++)
        {
            board.Publish(EventTypes.TaskEnqueued, $"task-{i}");
        }

        board.Publish(EventTypes.TaskStarted, "task-0");
        board.Publish(EventTypes.TaskRetry, "task-0", "HTTP 429 from provider, retry in 2 s");
        board.Publish(EventTypes.TaskStarted, "task-1");
        board.Publish(EventTypes.TaskCompleted, "task-1");
        board.Publish(EventTypes.TaskStarted, "task-2");
        return board;
    }
}
