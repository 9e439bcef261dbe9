using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Nexus.Monitoring.Contracts.Events;
using Nexus.Web.Browser.Tests.Hosting;
using static Microsoft.Playwright.Assertions;

namespace Nexus.Web.Browser.Tests;

public sealed class RunPageTests(BrowserFixture browser)
{
    private const string Run = "run-of-the-test";

    private int _events;

    [Fact]
    public async Task Run_Opened_TellsWhatHappenedAndGoesOn()
    {
        await using var board = await Board.StartAsync();
        Append(board, EventTypes.RunStarted, Run, e => e with { ParentTaskId = null, Phase = null, Message = "EU packaging" });
        Append(board, EventTypes.PhaseStarted, null, e => e with { Counts = new Dictionary<string, long> { ["total"] = 3 } });
        Append(board, EventTypes.TaskStarted, "repeated", e => e with { WorkerId = 1, Message = "summarise filings" });
        Append(board, EventTypes.TaskRetry, "repeated", e => e with { WorkerId = 1, RetryCount = 1, Error = "HTTP 429 from provider" });
        Append(board, EventTypes.TaskStarted, "repeated", e => e with { WorkerId = 2, RetryCount = 1 });
        Append(board, EventTypes.TaskCompleted, "repeated", e => e with { WorkerId = 2, RetryCount = 1 });
        Append(board, EventTypes.TaskStarted, "bad", e => e with { WorkerId = 3 });
        Append(board, EventTypes.TaskFailed, "bad", e => e with { WorkerId = 3, Error = "no" });
        await using var page = await browser.OpenAsync(board.At($"/monitoring/runs/{Run}"));
        await page.IsLiveAsync();

        await Expect(page.Page.Locator("h1")).ToHaveTextAsync("EU packaging");
        await Expect(page.Page.Locator(".gantt .track-label")).ToContainTextAsync(["summary"]);
        await Expect(page.Page.Locator(".is-task")).ToHaveCountAsync(2);
        await Expect(page.Page.Locator(".facts div", new() { HasText = "Failed" }).Locator("dd")).ToHaveTextAsync("1");
        await Expect(page.Page.Locator(".facts div", new() { HasText = "repeated" }).Locator("dd")).ToHaveTextAsync("1");
        await Expect(page.Page.Locator(".attempt.is-failed")).ToHaveCountAsync(2);

        await page.Page.Locator(".is-task a", new() { HasText = "repeated" }).ClickAsync();
        await Expect(page.Page).ToHaveURLAsync(board.At($"/monitoring/runs/{Run}?task=repeated").ToString());
        await Expect(page.Page.Locator(".ladder b")).ToHaveTextAsync(["attempt 1", "retrying", "attempt 2"]);
        await Expect(page.Page.Locator(".ladder p.is-failed")).ToHaveTextAsync("HTTP 429 from provider");

        Append(board, EventTypes.TaskStarted, "new", e => e with { WorkerId = 4 });
        await Expect(page.Page.Locator(".attempt.is-running")).ToHaveCountAsync(1);
        await Expect(page.Page.Locator(".run-log li").First).ToContainTextAsync("new");
        await page.PhotographAsync("run");
        Assert.Empty(page.Complaints);
    }

    [Fact]
    public async Task Run_WithAnother_ShowsWhatItWaitedForAndWhatGotSlower()
    {
        await using var board = await Board.StartAsync();
        Append(board, EventTypes.RunStarted, Run, e => e with { ParentTaskId = null, Phase = null, Message = "EU packaging" });
        foreach (var task in new[] { "first", "second", "waiting" })
        {
            Append(board, EventTypes.TaskEnqueued, task, e => e);
        }

        foreach (var task in new[] { "first", "second" })
        {
            Append(board, EventTypes.TaskStarted, task, e => e with { WorkerId = 1 });
            Append(board, EventTypes.TaskCompleted, task, e => e with { WorkerId = 1 });
        }

        await using var page = await browser.OpenAsync(board.At($"/monitoring/runs/{Run}?show=all"));
        await page.IsLiveAsync();
        await Expect(page.Page.Locator(".is-critical .track-label a")).ToHaveTextAsync(["first", "second"]);
        await Expect(page.Page.Locator(".critical-line")).ToHaveCountAsync(2);

        await page.Page.Locator(".run-log li", new() { HasText = "second" }).First.HoverAsync();
        await Expect(page.Page.Locator(".is-task.is-linked a")).ToHaveTextAsync("second");

        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Compare" }).ClickAsync();
        var choice = page.Page.GetByLabel("Run to compare with");
        await Expect(choice.Locator("option").Nth(1)).ToBeAttachedAsync();
        var other = await choice.Locator("option").Nth(1).GetAttributeAsync("value");
        await choice.SelectOptionAsync(other!);

        await Expect(page.Page).ToHaveURLAsync(board.At($"/monitoring/runs/{Run}?show=all&compare={other}").ToString());
        await Expect(page.Page.Locator(".comparison tbody tr")).ToContainTextAsync(["+50"]);
        await Expect(page.Page.Locator(".comparison tbody tr")).ToContainTextAsync(["HTTP … from provider"]);
        await page.PhotographAsync("run-compared-1440-light");
        Assert.Empty(page.Complaints);
    }

    [Fact]
    public async Task Runs_TwoChosenByKey_AreCompared()
    {
        await using var board = await Board.StartAsync();
        await using var page = await browser.OpenAsync(board.At("/monitoring/runs"));
        await page.IsLiveAsync();
        var rows = page.Page.Locator(".run-row");
        await Expect(rows.Nth(1)).ToBeVisibleAsync();
        var keyboard = page.Page.Keyboard;

        await keyboard.PressAsync("j");
        await Expect(page.Page.Locator(".run-row:focus-within, .run-row [data-row]:focus").First).ToBeVisibleAsync();
        await keyboard.PressAsync("x");
        await Expect(page.Page).ToHaveURLAsync(new Regex(@"/runs\?compare=[0-9a-f]+$"));
        await Expect(page.Page.Locator(".banner.is-choosing")).ToContainTextAsync("is chosen");
        await Expect(rows.Locator("[aria-current=true]")).ToHaveTextAsync("chosen");
        await page.PhotographAsync("runs-choosing-1440-light");

        await keyboard.PressAsync("Escape");
        await Expect(page.Page).ToHaveURLAsync(new Regex("/runs$"));
        await rows.Nth(0).GetByText("compare").ClickAsync();
        await Expect(page.Page).ToHaveURLAsync(new Regex(@"/runs\?compare=[0-9a-f]+$"));
        var first = page.Page.Url.Split('=')[1];
        await rows.Nth(1).GetByText("compare").ClickAsync();

        await Expect(page.Page).ToHaveURLAsync(new Regex($"/runs/[0-9a-f]+\\?compare={first}$"));
        await Expect(page.Page.Locator(".comparison tbody tr").First).ToBeVisibleAsync();
        Assert.Empty(page.Complaints);
    }

    /// <summary>The middle of a run: drawn over on the chart of phases, moved by keys, in the address, gone with Escape.</summary>
    [Fact]
    public async Task Window_DrawnOverThePhases_IsWhatTheWaterfallShows()
    {
        await using var board = await Board.StartAsync();
        await using var page = await browser.OpenAsync(board.At("/monitoring/runs"));
        await page.IsLiveAsync();
        await page.Page.Locator(".run-row a[data-row]").Last.ClickAsync();
        var brush = page.Page.Locator(".brush[data-ready]");
        await Expect(brush).ToBeAttachedAsync();

        // The chart reaches as far as the run is expected to, what can be chosen only as far as it has come.
        var area = (await page.Page.Locator(".gantt .track-over").First.BoundingBoxAsync())!;
        var past = area.Width * float.Parse((await brush.GetAttributeAsync("data-last"))!, System.Globalization.CultureInfo.InvariantCulture);
        await page.Page.Mouse.MoveAsync(area.X + (past * 0.3f), area.Y + 20);
        await page.Page.Mouse.DownAsync();
        await page.Page.Mouse.MoveAsync(area.X + (past * 0.5f), area.Y + 20);
        await page.Page.Mouse.MoveAsync(area.X + (past * 0.7f), area.Y + 20);
        await page.Page.Mouse.UpAsync();

        await Expect(page.Page).ToHaveURLAsync(new Regex(@"window=\d{8}T\d{6}\.\d{3}Z-\d{8}T\d{6}\.\d{3}Z$"));
        await Expect(page.Page.Locator(".waterfall .meta")).Not.ToContainTextAsync("to now");
        var drawn = (await brush.GetAttributeAsync("aria-valuetext"))!;
        await Expect(page.Page.Locator(".waterfall .meta")).ToContainTextAsync(drawn);
        await page.PhotographAsync("run-window-1440-light");

        await using var second = await browser.OpenAsync(new Uri(page.Page.Url));
        await Expect(second.Page.Locator(".waterfall .meta")).ToContainTextAsync(drawn);

        await brush.FocusAsync();
        await page.Page.Keyboard.PressAsync("ArrowRight");
        await Expect(brush).Not.ToHaveAttributeAsync("aria-valuetext", drawn);
        await page.Page.Keyboard.PressAsync("Escape");
        await Expect(page.Page).ToHaveURLAsync(new Regex("/runs/[^?]+$"));
        Assert.Empty(page.Complaints);
    }

    [Fact]
    public async Task Bar_PointedAt_SaysWhatItIs()
    {
        await using var board = await Board.StartAsync();
        Append(board, EventTypes.RunStarted, Run, e => e with { ParentTaskId = null, Phase = null, Message = "EU packaging" });
        Append(board, EventTypes.TaskEnqueued, "bad", e => e);
        Append(board, EventTypes.TaskStarted, "bad", e => e with { WorkerId = 3 });
        Append(board, EventTypes.TaskFailed, "bad", e => e with { WorkerId = 3, Error = "Context too long" });
        await using var page = await browser.OpenAsync(board.At($"/monitoring/runs/{Run}"));
        await page.IsLiveAsync();
        var bar = page.Page.Locator(".attempt.is-failed");
        await Expect(bar).ToBeAttachedAsync();
        var box = (await bar.BoundingBoxAsync())!;

        await page.Page.Mouse.MoveAsync(box.X + 1, box.Y + 4);
        await page.Page.Mouse.MoveAsync(box.X + 2, box.Y + 5);

        await Expect(page.Page.Locator(".tooltip.is-open")).ToContainTextAsync("Attempt 1, failed after");
        await Expect(page.Page.Locator(".tooltip")).ToContainTextAsync("Context too long");
        await page.Page.Mouse.ClickAsync(box.X + 2, box.Y + 5);
        await Expect(page.Page).ToHaveURLAsync(new Regex("task=bad$"));
    }

    [Fact]
    public async Task Run_Unknown_SaysSo()
    {
        await using var board = await Board.StartAsync();
        await using var page = await browser.OpenAsync(board.At("/monitoring/runs/nobody-knows-it"));
        await page.IsLiveAsync();

        await Expect(page.Page.Locator(".state")).ToContainTextAsync("Nobody knows this run");
    }

    private void Append(Board board, string type, string? task, Func<MonitoringEvent, MonitoringEvent> with) => board.Api.Append(with(new MonitoringEvent
    {
        EventId = $"run-event-{++_events}",
        Timestamp = DateTimeOffset.UtcNow,
        EventType = type,
        ProjectId = "market-atlas",
        ParentTaskId = Run,
        TaskId = task,
        TaskType = task is null ? null : "summarization",
        Phase = "summary",
    }));
}
