using Microsoft.Playwright;
using Nexus.Web.Browser.Tests.Hosting;
using static Microsoft.Playwright.Assertions;

namespace Nexus.Web.Browser.Tests;

/// <summary>Saved views and boards, kept by the real API in a real Redis.</summary>
public sealed class BoardsTests(BrowserFixture browser)
{
    [Fact]
    public async Task View_SavedInOneBrowser_AppearsInTheOtherAndLeadsThere()
    {
        Assert.SkipUnless(BrowserFixture.IsInstalled, BrowserFixture.WhyMissing);
        await using var stack = await NexusStack.StartAsync();
        await using var one = await browser.OpenAsync(stack.Dashboard("/monitoring/events?q=event_type%3Atask_failed"));
        await using var other = await browser.OpenAsync(stack.Dashboard("/monitoring"));
        await one.IsLiveAsync();
        await other.IsLiveAsync();

        await one.Page.GetByRole(AriaRole.Button, new() { NameRegex = new("^Save this view") }).First.ClickAsync();
        await one.Page.GetByLabel("Name of the present view").FillAsync("Failures");
        await one.Page.GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true }).ClickAsync();

        var link = other.Page.Locator(".nav").GetByRole(AriaRole.Link, new() { Name = "Failures" });
        await Expect(link).ToBeVisibleAsync();
        await link.ClickAsync();
        await Expect(other.Page).ToHaveURLAsync(stack.Dashboard("/monitoring/events?q=event_type%3Atask_failed").ToString());

        await one.Page.GetByRole(AriaRole.Button, new() { Name = "Rename Failures" }).ClickAsync();
        await one.Page.GetByLabel("New name of Failures").FillAsync("All failures");
        await one.Page.GetByRole(AriaRole.Button, new() { Name = "Rename", Exact = true }).ClickAsync();
        await Expect(other.Page.Locator(".nav").GetByRole(AriaRole.Link, new() { Name = "All failures" })).ToBeVisibleAsync();

        await one.Page.GetByRole(AriaRole.Button, new() { Name = "Delete All failures", Exact = true }).ClickAsync();
        await one.Page.GetByRole(AriaRole.Button, new() { Name = "Really delete All failures" }).ClickAsync();
        await Expect(other.Page.Locator(".nav").GetByRole(AriaRole.Link, new() { Name = "All failures" })).ToHaveCountAsync(0);
        Assert.Empty(one.Complaints.Concat(other.Complaints));
    }

    [Fact]
    public async Task Trend_PinnedFromItsPage_StandsOnTheBoardWithItsQuery()
    {
        Assert.SkipUnless(BrowserFixture.IsInstalled, BrowserFixture.WhyMissing);
        await using var stack = await NexusStack.StartAsync();
        await using var page = await browser.OpenAsync(stack.Dashboard("/monitoring/trends?q=worker_id%3A3&range=1h"));
        await page.IsLiveAsync();

        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Pin Run time to a board" }).ClickAsync(new() { Force = true });
        await Expect(page.Page.Locator("#pin .pin-note")).ToHaveTextAsync("As it is shown: the last 1h, only what matches worker_id:3.");
        await PinToNewBoardAsync(page, "Times");

        await Expect(page.Page.Locator("[data-tile] h2")).ToHaveTextAsync("Run time");
        await Expect(page.Page.Locator("[data-tile] .is-failed")).ToHaveCountAsync(0);
        var boards = await stack.AskAsync("/api/boards");
        Assert.Contains("\"kind\":\"trend-run\"", boards, StringComparison.Ordinal);
        Assert.Contains("\"query\":\"worker_id:3\"", boards, StringComparison.Ordinal);
        Assert.Contains("\"range\":\"1h\"", boards, StringComparison.Ordinal);
        Assert.Empty(page.Complaints);
    }

    [Fact]
    public async Task TasksAndLanes_OnABoard_ShowWhatTheirPagesShow()
    {
        Assert.SkipUnless(BrowserFixture.IsInstalled, BrowserFixture.WhyMissing);
        await using var stack = await NexusStack.StartAsync();
        await using var page = await browser.OpenAsync(stack.Dashboard("/monitoring/tasks?q=task_type%3Asearch"));
        await page.IsLiveAsync();

        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Pin these tasks to a board" }).ClickAsync();
        await Expect(page.Page.Locator("#pin .pin-note")).ToHaveTextAsync("As it is shown: only what matches task_type:search.");
        await PinToNewBoardAsync(page, "Wall");
        await Expect(page.Page.Locator("[data-tile] h2")).ToHaveTextAsync("Tasks");
        await Expect(page.Page.Locator("[data-tile] .meta")).ToHaveTextAsync("task_type:search");
        await Expect(page.Page.Locator("[data-tile]")).ToContainTextAsync("No task matches");

        await page.GoAsync(new Uri($"{page.Page.Url.Split('?')[0]}?arrange=1"));
        await page.Page.GetByLabel("Add a panel").SelectOptionAsync(new SelectOptionValue { Label = "Workers and what they did" });

        await Expect(page.Page.Locator("[data-tile] h2").Nth(1)).ToHaveTextAsync("Last 15 min");
        await Expect(page.Page.Locator("[data-tile]").Nth(1)).ToContainTextAsync("No worker has reported");
        Assert.Empty(page.Complaints);
    }

    [Fact]
    public async Task Board_PinnedAndArranged_IsTheSameAfterReloadAndAlone()
    {
        Assert.SkipUnless(BrowserFixture.IsInstalled, BrowserFixture.WhyMissing);
        await using var stack = await NexusStack.StartAsync();
        await using var page = await browser.OpenAsync(stack.Dashboard("/monitoring"));
        await page.IsLiveAsync();

        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Pin Workers to a board" }).ClickAsync(new() { Force = true });
        var dialog = page.Page.Locator("#pin");
        await dialog.GetByLabel("Name of a new board").FillAsync("Wall");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Create and pin" }).ClickAsync();
        await dialog.GetByRole(AriaRole.Link, new() { Name = "Open Wall" }).ClickAsync();
        await Expect(page.Page.Locator("h1")).ToHaveTextAsync("Wall");

        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Arrange" }).ClickAsync();
        await page.Page.GetByLabel("Add a panel").SelectOptionAsync("runs");
        var tiles = page.Page.Locator("[data-tile]");
        await Expect(tiles).ToHaveCountAsync(2);
        var handle = page.Page.GetByRole(AriaRole.Button, new() { NameRegex = new("^Move Runs in progress") });
        await handle.PressAsync("ArrowLeft");
        await Expect(tiles.First).ToContainTextAsync("Runs in progress");
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Make Workers wider" }).ClickAsync();
        await Expect(tiles.Nth(1)).ToHaveAttributeAsync("style", "--span:5");

        // By pointer: the second in front of the first.
        var from = await tiles.Nth(1).Locator("[data-handle]").BoundingBoxAsync();
        var to = await tiles.First.BoundingBoxAsync();
        await page.Page.Mouse.MoveAsync(from!.X + (from.Width / 2), from.Y + (from.Height / 2));
        await page.Page.Mouse.DownAsync();
        await page.Page.Mouse.MoveAsync(to!.X + 60, to.Y + 40, new() { Steps = 5 });
        await page.Page.Mouse.UpAsync();
        await Expect(tiles.First.Locator("h2")).ToHaveTextAsync("Workers");

        var address = page.Page.Url.Split('?')[0];
        await page.GoAsync(new Uri($"{address}?kiosk=1"));
        await Expect(page.Page.Locator("[data-tile] h2")).ToHaveTextAsync(["Workers", "Runs in progress"]);
        await Expect(page.Page.Locator(".topbar")).ToBeHiddenAsync();
        await Expect(page.Page.Locator(".nav")).ToBeHiddenAsync();
        await Expect(page.Page.Locator(".time")).ToBeHiddenAsync();
        await page.PhotographAsync("board-kiosk-1440-light");
        await page.Page.Keyboard.PressAsync("Escape");
        await Expect(page.Page).ToHaveURLAsync(address);
        await Expect(page.Page.Locator(".topbar")).ToBeVisibleAsync();
        Assert.Empty(page.Complaints);
    }

    private static async Task PinToNewBoardAsync(DashboardPage page, string board)
    {
        var dialog = page.Page.Locator("#pin");
        await dialog.GetByLabel("Name of a new board").FillAsync(board);
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Create and pin" }).ClickAsync();
        await dialog.GetByRole(AriaRole.Link, new() { Name = $"Open {board}" }).ClickAsync();
        await Expect(page.Page.Locator("h1")).ToHaveTextAsync(board);
    }
}
