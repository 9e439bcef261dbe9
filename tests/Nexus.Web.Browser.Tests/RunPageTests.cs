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
        await Expect(page.Page.Locator(".attempt.is-running")).ToHaveCountAsync(1, new() { Timeout = 3_000 });
        await Expect(page.Page.Locator(".run-log li").First).ToContainTextAsync("new");
        await page.PhotographAsync("run");
        Assert.Empty(page.Complaints);
    }

    [Fact]
    public async Task Run_Unknown_SaysSo()
    {
        await using var board = await Board.StartAsync();
        await using var page = await browser.OpenAsync(board.At("/monitoring/runs/nobody-knows-it"));
        await page.IsLiveAsync();

        await Expect(page.Page.Locator(".state")).ToContainTextAsync("The log holds nothing of this run");
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
