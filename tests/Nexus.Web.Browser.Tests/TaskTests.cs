using Microsoft.Playwright;
using Nexus.Monitoring.Contracts.Events;
using Nexus.Monitoring.Contracts.Log;
using Nexus.Monitoring.Contracts.State;
using Nexus.Monitoring.Web.Formatting;
using Nexus.Web.Browser.Tests.Hosting;
using static Microsoft.Playwright.Assertions;

namespace Nexus.Web.Browser.Tests;

public sealed class TaskTests(BrowserFixture browser)
{
    [Fact]
    public async Task Table_SortedAndScrolled_ShowsEveryTaskInItsOrder()
    {
        await using var board = await Board.StartAsync();
        var all = board.Api.Tasks(null, "running").Select(task => task.TaskId).ToList();
        await using var page = await browser.OpenAsync(board.At("/monitoring/tasks"));
        await page.IsLiveAsync();
        await Expect(page.Page.Locator("[data-total]")).ToContainTextAsync("task");

        await page.Page.GetByRole(AriaRole.Columnheader, new() { Name = "Ran" }).GetByRole(AriaRole.Link).ClickAsync();

        await Expect(page.Page).ToHaveURLAsync(board.At("/monitoring/tasks?sort=running").ToString());
        await Expect(page.Page.Locator("[role=columnheader].is-run_time")).ToHaveAttributeAsync("aria-sort", "descending");
        await Expect(page.Page.Locator(".task-scroll [data-row]").First).ToHaveAttributeAsync("href", $"/monitoring/tasks/{all[0]}");
        await page.Page.Locator(".task-scroll").EvaluateAsync("list => { list.scrollTop = list.scrollHeight; }");
        await Expect(page.Page.Locator($".task-scroll [data-row][href='/monitoring/tasks/{all[^1]}']")).ToBeVisibleAsync();
        Assert.Empty(page.Complaints);
    }

    [Fact]
    public async Task Segments_Chosen_ShowOnlyTheirStatusAndCountIt()
    {
        await using var board = await Board.StartAsync();
        var failed = board.Api.Tasks(EventStatuses.Failed, null).Count;
        await using var page = await browser.OpenAsync(board.At("/monitoring/tasks"));
        await page.IsLiveAsync();

        var segment = page.Page.Locator(".task-segments a", new() { HasText = "failed" });
        await Expect(segment.Locator("b")).ToHaveTextAsync(Numbers.Whole(failed));
        await segment.ClickAsync();

        await Expect(page.Page).ToHaveURLAsync(board.At("/monitoring/tasks?status=failed").ToString());
        await Expect(page.Page.Locator("[data-total]")).ToHaveTextAsync(Numbers.Plural(failed, "task", "tasks"));
        Assert.Equal(0, await page.Page.Locator(".task-scroll .glyph:not([aria-label=failed])").CountAsync());
        Assert.Empty(page.Complaints);
    }

    [Fact]
    public async Task Task_Opened_TellsItsStatesWhyItWaitsAndGoesOn()
    {
        await using var board = await Board.StartAsync();
        board.Publish(EventTypes.TaskEnqueued, "the-task");
        await using var page = await browser.OpenAsync(board.At("/monitoring/tasks/the-task"));
        await page.IsLiveAsync();

        await Expect(page.Page.Locator("[data-why]")).ToContainTextAsync("Task the-task waits in the queue of summarization");
        await Expect(page.Page.Locator("[data-why] a", new() { HasText = "the queue" }))
            .ToHaveAttributeAsync("href", "/monitoring/tasks?q=task_type%3Asummarization&status=pending");
        await Expect(page.Page.Locator(".ladder b")).ToHaveTextAsync(["waiting"]);

        board.Publish(EventTypes.TaskStarted, "the-task");
        board.Publish(EventTypes.TaskFailed, "the-task", "HTTP 500");

        await Expect(page.Page.Locator(".ladder b")).ToHaveTextAsync(["waiting", "attempt 1"]);
        await Expect(page.Page.Locator(".page-head .badge")).ToHaveTextAsync("failed");
        await Expect(page.Page.Locator(".task-error")).ToHaveTextAsync("HTTP 500");
        await Expect(page.Page.Locator(".task-events .event-row")).ToHaveCountAsync(3);
        await page.PhotographAsync("task-1440-light");
        Assert.Empty(page.Complaints);
    }

    /// <summary>The evidence stays in sight when the verdict was taken back, and when the task ended after all.</summary>
    [Fact]
    public async Task Task_Orphaned_ShowsTheEvidenceAndWhatCameOfIt()
    {
        await using var board = await Board.StartAsync();
        Publish(board, EventTypes.TaskStarted, e => e);
        Publish(board, EventTypes.TaskStalled, e => e with
        {
            Status = EventStatuses.Orphaned,
            Source = "api/node-2",
            Error = "Worker 77 lost: no heartbeat for 30 s",
            Meta = new Verdict
            {
                WorkerId = 77,
                Reason = VerdictReasons.Silent,
                LastSeenAt = DateTimeOffset.UtcNow,
                TtlMs = 30_000,
                Token = 3,
                Upto = LogPosition.At(DateTimeOffset.UtcNow.AddMinutes(1)),
            }.ToMeta(),
        });
        await using var page = await browser.OpenAsync(board.At("/monitoring/tasks/left-behind"));
        await page.IsLiveAsync();
        var evidence = page.Page.Locator("[data-evidence]");

        await Expect(page.Page.Locator(".page-head .badge")).ToHaveTextAsync("orphaned");
        await Expect(evidence).ToContainTextAsync("Worker 77 gave no sign of life for 30\u00a0s");
        await Expect(evidence).ToContainTextAsync("last heartbeat never, allowed silence 30\u00a0s; found by api/node-2 (term 3)");
        await Expect(evidence).ToContainTextAsync("and was not put back yet");
        await page.PhotographAsync("task-orphaned-1440-light");

        Publish(board, EventTypes.TaskReinstated, e => e with { Status = EventStatuses.Processing });
        await Expect(page.Page.Locator(".page-head .badge")).ToHaveTextAsync("processing");
        await Expect(evidence).ToContainTextAsync("and goes on with it");

        Publish(board, EventTypes.TaskFailed, e => e with { Error = "took too long", FailureKind = FailureKinds.TimedOut });
        await Expect(evidence).ToContainTextAsync("and failed after all at");
        await Expect(page.Page.Locator("[data-failure-kind]")).ToHaveTextAsync("timed out");
        await Expect(page.Page.Locator("table.attempts")).ToContainTextAsync("failed after all");
        Assert.Empty(page.Complaints);

        static void Publish(Board board, string type, Func<MonitoringEvent, MonitoringEvent> with) => board.Api.Append(with(new MonitoringEvent
        {
            EventId = Guid.NewGuid().ToString(),
            Timestamp = DateTimeOffset.UtcNow,
            EventType = type,
            TaskId = "left-behind",
            TaskType = "reasoning",
            WorkerId = 77,
            RetryCount = 0,
        }));
    }

    [Fact]
    public async Task Task_Unknown_SaysSo()
    {
        await using var board = await Board.StartAsync();
        await using var page = await browser.OpenAsync(board.At("/monitoring/tasks/nobody"));
        await page.IsLiveAsync();

        await Expect(page.Page.Locator(".state")).ToContainTextAsync("Nobody knows this task");
    }
}
