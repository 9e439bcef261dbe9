using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using Nexus.Monitoring.Contracts.Events;
using Nexus.Web.Browser.Tests.Hosting;
using static Microsoft.Playwright.Assertions;

namespace Nexus.Web.Browser.Tests;

public sealed class AccessibilityTests(BrowserFixture browser)
{
    /// <summary>What holds is not described node by node, which takes longer than to see that it holds.</summary>
    private static readonly AxeRunOptions OnlyViolations = new() { ResultTypes = [ResultType.Violations] };

    [Theory]
    [InlineData("/monitoring", 1440, false)]
    [InlineData("/monitoring", 1440, true)]
    [InlineData("/monitoring", 390, false)]
    [InlineData("/monitoring/events?q=event_type:task_retry", 1440, false)]
    [InlineData("/monitoring/events", 390, true)]
    [InlineData("/monitoring/runs", 1440, true)]
    [InlineData("/monitoring/tasks", 1440, false)]
    [InlineData("/monitoring/tasks?status=failed", 390, true)]
    [InlineData("/monitoring/workers", 1440, false)]
    [InlineData("/monitoring/workers", 390, true)]
    [InlineData("/monitoring/workers/7", 1440, false)]
    [InlineData("/monitoring/boards", 1440, true)]
    [InlineData("/monitoring/tasks/the-task", 1440, false)]
    [InlineData("/monitoring/tasks/the-task", 390, true)]
    [InlineData("/monitoring/sessions", 1440, true)]
    [InlineData("/monitoring/boards/wall", 1440, false)]
    [InlineData("/monitoring/boards/wall?arrange=1", 1440, true)]
    [InlineData("/monitoring/boards/wall?kiosk=1", 390, false)]
    public async Task Page_ByAxe_HasNoViolation(string path, int width, bool dark)
    {
        await using var board = await Board.StartAsync(workerLost: true);
        board.Api.Script();
        board.ServeBoard();
        board.Publish(EventTypes.TaskStarted, "the-task");
        await using var page = await browser.OpenAsync(board.At(path), width, dark);
        await Expect(page.Pill).ToContainTextAsync("live");
        await Expect(page.Page.Locator(".skeleton")).ToHaveCountAsync(0);

        await HasNoViolationAsync(page);
    }

    [Fact]
    public async Task Menus_ByAxe_HaveNoViolation()
    {
        await using var board = await Board.StartAsync();
        await using var page = await browser.OpenAsync(board.At("/monitoring/tasks"));
        await page.IsLiveAsync();

        foreach (var menu in new[] { "^Times are", "^Theme" })
        {
            await page.Page.GetByRole(AriaRole.Button, new() { NameRegex = new(menu) }).First.ClickAsync();
            await Expect(page.Page.Locator(".menu:popover-open")).ToBeVisibleAsync();
            await HasNoViolationAsync(page);
            await page.Page.Keyboard.PressAsync("Escape");
        }

        await page.Page.GetByRole(AriaRole.Button, new() { NameRegex = new("Columns") }).ClickAsync();
        await Expect(page.Page.Locator(".column-menu")).ToBeVisibleAsync();
        await HasNoViolationAsync(page);
        Assert.Empty(page.Complaints);
    }

    [Fact]
    public async Task PinDialog_ByAxe_HasNoViolation()
    {
        await using var board = await Board.StartAsync();
        board.ServeBoard();
        await using var page = await browser.OpenAsync(board.At("/monitoring/tasks?status=failed"));
        await page.IsLiveAsync();

        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Pin these tasks to a board" }).ClickAsync();
        await Expect(page.Page.Locator("#pin")).ToContainTextAsync("only failed");

        await HasNoViolationAsync(page);
        Assert.Empty(page.Complaints);
    }

    [Fact]
    public async Task RunComparison_ByAxe_HasNoViolation()
    {
        await using var board = await Board.StartAsync();
        await using var page = await browser.OpenAsync(board.At("/monitoring/runs"));
        await page.IsLiveAsync();
        var rows = page.Page.Locator(".run-row");
        await rows.Nth(0).GetByText("compare").ClickAsync();
        await Expect(rows.Nth(0).GetByText("chosen")).ToBeVisibleAsync();
        await rows.Nth(1).GetByText("compare").ClickAsync();
        await Expect(page.Page.Locator(".comparison tbody tr").First).ToBeVisibleAsync();

        await HasNoViolationAsync(page);
        Assert.Empty(page.Complaints);
    }

    [Fact]
    public async Task StaleOverview_ByAxe_HasNoViolation()
    {
        await using var board = await Board.StartAsync(workerLost: true);
        await using var page = await browser.OpenAsync(board.Overview);
        await page.IsLiveAsync();
        await board.Api.StopAsync();
        await page.IsStaleAsync();

        await HasNoViolationAsync(page);
    }

    [Theory]
    [InlineData(1440, false)]
    [InlineData(390, true)]
    public async Task OverviewAtAnInstant_ByAxe_HasNoViolation(int width, bool dark)
    {
        await using var board = await Board.StartAsync(workerLost: true);
        await using var page = await browser.OpenAsync(
            board.At($"/monitoring?at={DateTimeOffset.UtcNow.AddMinutes(-3):yyyy-MM-ddTHH:mm:ssZ}"), width, dark);
        await Expect(page.Page.Locator(".banner.is-past")).ToContainTextAsync("You are looking at");

        await HasNoViolationAsync(page);
        await page.PhotographAsync($"instant-{width}-{(dark ? "dark" : "light")}");
        Assert.Equal(width, await page.ScrollWidthAsync());
        Assert.Empty(page.Complaints);
    }

    [Fact]
    public async Task EventDetails_ByAxe_HaveNoViolation()
    {
        await using var board = await Board.StartAsync();
        await using var page = await browser.OpenAsync(board.At("/monitoring/events"));
        await page.IsLiveAsync();

        await page.Page.Locator(".event-scroll [data-row]").First.ClickAsync();
        await Expect(page.Page.Locator("aside pre")).ToBeVisibleAsync();

        await HasNoViolationAsync(page);
    }

    [Theory]
    [InlineData(1440, false)]
    [InlineData(390, true)]
    public async Task RunPage_ByAxe_HasNoViolation(int width, bool dark)
    {
        await using var board = await Board.StartAsync();
        await using var page = await browser.OpenAsync(board.At("/monitoring/runs"), width, dark);
        await page.IsLiveAsync();

        await page.Page.Locator(".run-name a").First.ClickAsync();
        await page.Page.Locator(".is-task [data-row]").First.ClickAsync();
        await Expect(page.Page.Locator(".ladder li").First).ToBeVisibleAsync();

        await HasNoViolationAsync(page);
        Assert.Equal(width, await page.ScrollWidthAsync());
        Assert.Empty(page.Complaints);
    }

    [Theory]
    [InlineData("keyboard", 1440, false)]
    [InlineData("keyboard", 390, true)]
    [InlineData("palette", 1440, true)]
    [InlineData("views", 1440, false)]
    [InlineData("views", 390, true)]
    [InlineData("more", 390, false)]
    public async Task Dialog_ByAxe_HasNoViolation(string dialog, int width, bool dark)
    {
        await using var board = await Board.StartAsync();
        await using var page = await browser.OpenAsync(board.Overview, width, dark);
        await page.IsLiveAsync();

        await page.Page.EvaluateAsync("id => document.getElementById(id).showModal()", dialog);
        await Expect(page.Page.Locator($"#{dialog}")).ToBeVisibleAsync();

        await HasNoViolationAsync(page);
        Assert.Empty(page.Complaints);
    }

    internal static async Task HasNoViolationAsync(DashboardPage page)
    {
        // What fades in has no colours to be judged before it is there.
        await page.Page.EvaluateAsync("""
            () => Promise.all(document.getAnimations()
              .filter(each => each.effect.getComputedTiming().iterations !== Infinity)
              .map(each => each.finished.catch(() => null)))
            """);

        var result = await page.Page.RunAxe(OnlyViolations);

        var violations = result.Violations.Select(violation =>
            $"{violation.Id}: {string.Join(" | ", violation.Nodes.Take(3).Select(node => $"{node.Html} {node.Any.Concat(node.All).FirstOrDefault()?.Message}"))}");
        Assert.True(result.Violations.Length == 0, string.Join(Environment.NewLine, violations));
    }
}
