using Microsoft.Playwright;
using Nexus.Monitoring.Contracts.Events;
using Nexus.Web.Browser.Tests.Hosting;
using static Microsoft.Playwright.Assertions;

namespace Nexus.Web.Browser.Tests;

public sealed class OverviewTests(BrowserFixture browser)
{
    [Theory]
    [InlineData(1440, false)]
    [InlineData(1440, true)]
    [InlineData(800, false)]
    [InlineData(390, false)]
    [InlineData(390, true)]
    public async Task Overview_AnyWidthAndTheme_FitsAndComplainsOfNothing(int width, bool dark)
    {
        await using var board = await Board.StartAsync(workerLost: true);
        await using var page = await browser.OpenAsync(board.Overview, width, dark);

        await page.IsLiveAsync();
        await page.ChartsAreDrawnAsync();

        await Expect(page.Page.Locator("a.card")).ToHaveCountAsync(6);
        await Expect(page.Page.Locator(".attention")).ToContainTextAsync("Worker 7 lost");
        await Expect(page.TailRows).ToHaveCountAsync(13);
        Assert.Equal(width, await page.ScrollWidthAsync());
        Assert.Equal(dark ? "rgb(11, 13, 16)" : "rgb(245, 246, 248)", await page.StyleAsync("body", "backgroundColor"));
        await page.PhotographAsync($"overview-{width}-{(dark ? "dark" : "light")}");
        Assert.Empty(page.Complaints);
    }

    [Fact]
    public async Task Overview_BeforeScripts_IsThereAlready()
    {
        await using var board = await Board.StartAsync();
        using var http = new HttpClient();

        var html = await http.GetStringAsync(board.Overview);

        Assert.Contains("Tier-1 battery cells", html, StringComparison.Ordinal);
        Assert.Contains("chart-still", html, StringComparison.Ordinal);
        Assert.Contains("task_started", html, StringComparison.Ordinal);
        Assert.Matches("class=\"app [^>]* aria-busy=\"true\"", html);
    }

    [Fact]
    public async Task Overview_KnownWork_ShowsItsNumbers()
    {
        await using var board = await Board.StartAsync();
        foreach (var (type, task) in new[]
        {
            (EventTypes.TaskEnqueued, "a"), (EventTypes.TaskEnqueued, "b"), (EventTypes.TaskEnqueued, "c"), (EventTypes.TaskEnqueued, "d"),
            (EventTypes.TaskStarted, "a"), (EventTypes.TaskStarted, "b"), (EventTypes.TaskStarted, "c"), (EventTypes.TaskCompleted, "a"),
        })
        {
            board.Publish(type, task, project: "known");
        }

        board.Publish(EventTypes.TaskFailed, "b", "HTTP 503 from the test", "known");
        await using var page = await browser.OpenAsync(board.At("/monitoring?project=known"));
        await page.IsLiveAsync();

        ILocator Card(string label) => page.Page.Locator("a.card", new() { HasText = label }).Locator(".value");
        await Expect(Card("Queue depth")).ToHaveTextAsync("1");
        await Expect(Card("Error rate, 60 s")).ToContainTextAsync("50");
        await Expect(Card("Throughput")).ToContainTextAsync("1");
        await Expect(page.Page.Locator(".failure .count")).ToHaveTextAsync("1");
        await Expect(page.Page.Locator(".run-count .live-value")).ToHaveTextAsync("1");
        Assert.Empty(page.Complaints);
    }

    [Fact]
    public async Task Root_Opened_LeadsToTheOverview()
    {
        await using var board = await Board.StartAsync();
        await using var page = await browser.OpenAsync(board.At("/"));

        await Expect(page.Page).ToHaveURLAsync(board.Overview.ToString());
        await page.IsLiveAsync();
    }

    [Fact]
    public async Task Tail_EventPublished_IsSeen()
    {
        await using var board = await Board.StartAsync();
        await using var page = await browser.OpenAsync(board.Overview);
        await page.IsLiveAsync();

        foreach (var type in new[] { EventTypes.TaskStarted, EventTypes.TaskRetry, "a_type_of_tomorrow" })
        {
            board.Publish(type, $"task-{type}", type == EventTypes.TaskRetry ? "HTTP 503 from the test" : null);

            await Expect(page.TailRows.First).ToContainTextAsync(type);
        }

        await Expect(page.Page.Locator(".failure").First).ToContainTextAsync("from the test");
    }

    [Fact]
    public async Task Pause_EventsArrive_CountsThemAndShowsThemOnResume()
    {
        await using var board = await Board.StartAsync();
        await using var page = await browser.OpenAsync(board.Overview);
        await page.IsLiveAsync();
        var first = await page.TailRows.First.TextContentAsync();

        await page.Page.Keyboard.PressAsync("p");
        await Expect(page.Pill).ToContainTextAsync("paused");
        board.Publish(EventTypes.TaskStarted, "paused-1");
        board.Publish(EventTypes.TaskCompleted, "paused-2");

        await Expect(page.Page.GetByRole(AriaRole.Button, new() { Name = "2 new" })).ToBeVisibleAsync();
        Assert.Equal(first, await page.TailRows.First.TextContentAsync());
        await page.Page.Keyboard.PressAsync("p");
        await Expect(page.TailRows.First).ToContainTextAsync("task_completed");
        await page.IsLiveAsync();
    }

    [Fact]
    public async Task Project_Chosen_IsInTheAddressAndFilters()
    {
        await using var board = await Board.StartAsync();
        await using var page = await browser.OpenAsync(board.Overview);
        await page.IsLiveAsync();

        await page.Page.GetByLabel("Project").SelectOptionAsync("patent-radar");

        await Expect(page.Page).ToHaveURLAsync($"{board.Overview}?project=patent-radar");
        await Expect(page.Page.Locator(".run-row")).ToHaveCountAsync(1);
        await Expect(page.Page.Locator(".run-name")).ToHaveTextAsync("Solid electrolytes since 2022");
        await Expect(page.Page.Locator(".nav a[data-go=e]")).ToHaveAttributeAsync("href", "/monitoring/events?project=patent-radar");
    }

    [Fact]
    public async Task Links_OfRuns_LeadToTheirTraces()
    {
        await using var board = await Board.StartAsync();
        await using var page = await browser.OpenAsync(board.Overview);
        await page.IsLiveAsync();

        var link = page.Page.Locator(".run-row").First.GetByRole(AriaRole.Link, new() { Name = "trace" });

        Assert.Matches("^http://localhost:18888/traces/detail/[0-9a-f]{32}$", await link.GetAttributeAsync("href"));
    }

    [Fact]
    public async Task Chart_ArrowKeys_MoveTheCrosshairAndAnnounceIt()
    {
        await using var board = await Board.StartAsync();
        await using var page = await browser.OpenAsync(board.Overview);
        await page.IsLiveAsync();
        await page.ChartsAreDrawnAsync();
        var chart = page.Page.Locator(".chart.has-legend").First;

        await chart.Locator(".chart-plot").FocusAsync();
        await page.Page.Keyboard.PressAsync("ArrowLeft");

        await Expect(chart.Locator("[data-when]")).ToHaveTextAsync(new System.Text.RegularExpressions.Regex("^at \\d\\d:\\d\\d:\\d\\d$"));
        await Expect(chart.Locator(".chart-announcer")).Not.ToBeEmptyAsync();
        await page.Page.Keyboard.PressAsync("Escape");
        await Expect(chart.Locator("[data-when]")).ToHaveTextAsync("waiting, by task type");
    }

    [Fact]
    public async Task Theme_Chosen_OutlivesTheVisit()
    {
        await using var board = await Board.StartAsync();
        await using var page = await browser.OpenAsync(board.Overview);
        await page.IsLiveAsync();

        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Theme" }).ClickAsync();
        await page.Page.GetByRole(AriaRole.Menuitemradio, new() { Name = "Dark" }).ClickAsync();
        await page.ReloadAsync();

        Assert.Equal("dark", await page.Page.EvaluateAsync<string>("document.documentElement.dataset.theme"));
    }
}
