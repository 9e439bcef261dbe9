using Microsoft.Playwright;
using Nexus.Monitoring.Contracts.Events;
using Nexus.Web.Browser.Tests.Hosting;
using static Microsoft.Playwright.Assertions;

namespace Nexus.Web.Browser.Tests;

public sealed class EventsTests(BrowserFixture browser)
{
    [Fact]
    public async Task Query_Entered_IsInTheAddressAndHolds()
    {
        await using var board = await Board.StartAsync();
        await using var page = await browser.OpenAsync(board.At("/monitoring/events"));
        await page.IsLiveAsync();

        await page.Page.Keyboard.PressAsync("/");
        await page.Page.Keyboard.TypeAsync("event_type:task_retry");
        await page.Page.Keyboard.PressAsync("Control+Enter");

        await Expect(page.Page).ToHaveURLAsync(board.At("/monitoring/events?q=event_type%3Atask_retry").ToString());
        await Expect(page.Page.Locator(".event-scroll .kind").First).ToHaveTextAsync("task_retry");
        var kinds = await page.Page.Locator(".event-scroll .kind").AllTextContentsAsync();
        Assert.All(kinds, kind => Assert.Equal("task_retry", kind.Trim()));

        board.Publish(EventTypes.TaskStarted, "not-wanted");
        board.Publish(EventTypes.TaskRetry, "wanted", "no");
        await Expect(page.Page.Locator(".event-scroll .task-ref").First).ToHaveTextAsync("wanted");

        await page.Page.GoBackAsync();
        await Expect(page.Page.Locator("[data-query]")).ToHaveValueAsync("");
        Assert.Empty(page.Complaints);
    }

    [Theory]
    [InlineData("category=task&type=task_retry", "event_type:task_* AND event_type:task_retry")]
    [InlineData("text=w7", "worker_id:7")]
    [InlineData("text=4bf92f3577b34da6a3ce929d0e0e4736", "trace_id:4bf92f3577b34da6a3ce929d0e0e4736")]
    [InlineData("text=status:failed worker:3", "status:failed worker:3")]
    public async Task Address_FromBeforeThereWereQueries_IsUnderstood(string old, string query)
    {
        await using var board = await Board.StartAsync();
        await using var page = await browser.OpenAsync(board.At($"/monitoring/events?{old}"));
        await page.IsLiveAsync();

        await Expect(page.Page.Locator("[data-query]")).ToHaveValueAsync(query);
        await Expect(page.Page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex(
            System.Text.RegularExpressions.Regex.Escape($"?q={Uri.EscapeDataString(query)}") + "$"));
    }

    [Fact]
    public async Task Search_TextOfNoId_FindsEvents()
    {
        await using var board = await Board.StartAsync();
        await using var page = await browser.OpenAsync(board.Overview);
        await page.IsLiveAsync();
        board.Publish(EventTypes.TaskFailed, "t-1", "needle 42");

        await page.Page.Keyboard.PressAsync("/");
        await page.Page.Keyboard.TypeAsync("needle 42");
        await page.Page.Keyboard.PressAsync("Enter");

        await Expect(page.Page.Locator(".event-scroll .task-ref")).ToHaveTextAsync(["t-1"]);
    }

    [Fact]
    public async Task Row_Opened_ShowsDetailsWithJsonTraceAndAddress()
    {
        await using var board = await Board.StartAsync();
        var entry = board.Publish(EventTypes.TaskFailed, "broken", "<b>not bold</b> & more");
        await using var page = await browser.OpenAsync(board.At("/monitoring/events?text=broken"));
        await page.IsLiveAsync();

        await page.Page.Locator(".event-scroll [data-row]").First.ClickAsync();

        var side = page.Page.GetByRole(AriaRole.Complementary, new() { Name = "Event" });
        await Expect(side).ToContainTextAsync("<b>not bold</b> & more");
        await Expect(side.Locator("pre")).ToContainTextAsync("\"event_type\": \"task_failed\"");
        await Expect(side.GetByRole(AriaRole.Link, new() { Name = "4bf92f35…e0e4736" }))
            .ToHaveAttributeAsync("href", "http://localhost:18888/traces/detail/4bf92f3577b34da6a3ce929d0e0e4736");
        Assert.Contains($"event={entry.Cursor}", page.Page.Url, StringComparison.Ordinal);

        await side.GetByRole(AriaRole.Button, new() { Name = "Copy the JSON" }).ClickAsync();
        await Expect(page.Page.Locator("#announcer")).ToHaveTextAsync("Copied");
        Assert.Contains("task_failed", await page.Page.EvaluateAsync<string>("navigator.clipboard.readText()"), StringComparison.Ordinal);

        await page.Page.Keyboard.PressAsync("Escape");
        await Expect(side).ToHaveCountAsync(0);
        Assert.Empty(page.Complaints);
    }

    [Fact]
    public async Task List_ScrolledAway_HoldsStillAndCounts()
    {
        await using var board = await Board.StartAsync();
        await using var page = await browser.OpenAsync(board.At("/monitoring/events"));
        await page.IsLiveAsync();
        await Expect(page.Page.Locator(".event-scroll .event-row").First).ToBeVisibleAsync();

        await page.Page.Locator(".event-scroll").EvaluateAsync("list => { list.scrollTop = 1400; }");
        await Expect(page.Page.Locator(".event-scroll .event-row").First).ToBeVisibleAsync();
        await Eventually.IsTrueAsync(async () =>
        {
            board.Publish(EventTypes.TaskStarted, "scrolled");
            return await page.Page.GetByRole(AriaRole.Button, new() { NameRegex = new(" new$") }).IsVisibleAsync();
        }, "events wait behind a button");

        await page.Page.GetByRole(AriaRole.Button, new() { NameRegex = new(" new$") }).ClickAsync();
        await Expect(page.Page.Locator(".event-scroll .task-ref").First).ToHaveTextAsync("scrolled");
    }

    [Theory]
    [InlineData("/monitoring/events", 1440)]
    [InlineData("/monitoring/events", 390)]
    [InlineData("/monitoring/runs", 1440)]
    [InlineData("/monitoring/runs", 390)]
    [InlineData("/monitoring/tasks", 1440)]
    [InlineData("/monitoring/tasks", 390)]
    [InlineData("/monitoring/workers", 1440)]
    [InlineData("/monitoring/workers", 390)]
    public async Task Page_AnyWidth_FitsAndComplainsOfNothing(string path, int width)
    {
        await using var board = await Board.StartAsync(workerLost: true);
        await using var page = await browser.OpenAsync(board.At(path), width);

        await page.IsLiveAsync();

        await Expect(page.Page.Locator("h1")).ToBeVisibleAsync();
        Assert.Equal(width, await page.ScrollWidthAsync());
        await page.PhotographAsync($"{path.Split('/')[^1]}-{width}-light");
        Assert.Empty(page.Complaints);
    }

    [Fact]
    public async Task Address_Unknown_SaysSoWithStatus404()
    {
        await using var board = await Board.StartAsync();
        using var http = new HttpClient();

        var answer = await http.GetAsync(board.At("/monitoring/nowhere"));

        Assert.Equal(System.Net.HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Contains("There is no such page", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }
}
