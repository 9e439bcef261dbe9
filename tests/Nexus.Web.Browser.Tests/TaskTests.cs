using Microsoft.Playwright;
using Nexus.Monitoring.Contracts.Events;
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

    [Fact]
    public async Task Task_Unknown_SaysSo()
    {
        await using var board = await Board.StartAsync();
        await using var page = await browser.OpenAsync(board.At("/monitoring/tasks/nobody"));
        await page.IsLiveAsync();

        await Expect(page.Page.Locator(".state")).ToContainTextAsync("Nobody knows this task");
    }
}
