using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Nexus.Monitoring.Contracts.Events;
using Nexus.Monitoring.Contracts.Json;
using Nexus.Web.Browser.Tests.Hosting;
using static Microsoft.Playwright.Assertions;

namespace Nexus.Web.Browser.Tests;

/// <summary>An export, imported and looked at: nothing of what is live stands in it, and every page says so.</summary>
public sealed class SessionTests(BrowserFixture browser)
{
    private static readonly Regex OfSession = new(@"[?&]session=0+1(&|$)");

    [Fact]
    public async Task Import_Export_IsASessionThatThePagesShowInsteadOfWhatIsLive()
    {
        await using var board = await Board.StartAsync();
        board.Api.Script();
        await using var page = await browser.OpenAsync(board.At("/monitoring/sessions"));
        await page.IsLiveAsync();

        await ImportAsync(page, "export.ndjson", Export());
        await Expect(page.Page.GetByText("4 events imported, 1 line was none.")).ToBeVisibleAsync();
        await page.Page.GetByRole(AriaRole.Link, new() { Name = "Open the session" }).ClickAsync();

        var rows = page.Page.Locator(".event-scroll [data-row]");
        await Expect(page.Page).ToHaveURLAsync(OfSession);
        await Expect(page.Page.Locator(".session-strip")).ToContainTextAsync("read-only");
        await Expect(page.Page.Locator(".session-strip time")).ToBeVisibleAsync();
        await Expect(page.Pill).ToHaveTextAsync("imported");
        await Expect(page.Page.Locator("[data-loaded]")).ToHaveTextAsync("4 events in all");
        board.Publish(EventTypes.TaskStarted, "live-task");
        await rows.First.ClickAsync();
        await Expect(page.Page.Locator("#event-json")).ToContainTextAsync("imported-run");
        await Expect(page.Page.Locator("[data-loaded]")).ToHaveTextAsync("4 events in all");

        await page.Page.Locator(".nav a", new() { HasText = "Tasks" }).ClickAsync();
        await Expect(page.Page).ToHaveURLAsync(OfSession);
        await Expect(page.Page.Locator("[data-total]")).ToHaveTextAsync("1 task");
        await page.Page.Locator(".task-scroll [data-row]").ClickAsync();
        await Expect(page.Page).ToHaveURLAsync(new Regex("/tasks/imported-task.*session="));
        await Expect(page.Page.Locator(".page-head")).ToContainTextAsync("completed");

        await page.Page.Locator(".crumbs a", new() { HasText = "run" }).ClickAsync();
        await Expect(page.Page).ToHaveURLAsync(new Regex("/runs/imported-run.*session="));
        await Expect(page.Page.Locator("h1")).ToHaveTextAsync("Imported run");
        await page.Page.Locator(".nav a", new() { HasText = "Runs" }).ClickAsync();
        await Expect(page.Page).ToHaveURLAsync(OfSession);
        await Expect(page.Page.Locator(".run-row [data-row]")).ToHaveTextAsync(["Imported run"]);

        await page.Page.Locator(".nav a", new() { HasText = "Trends" }).ClickAsync();
        await Expect(page.Page.Locator(".chart[data-drawn]").First).ToBeVisibleAsync();
        Assert.All(board.Api.Asked.Where(asked => asked.StartsWith("/api/stats/series", StringComparison.Ordinal)), asked => Assert.Contains("session=0", asked, StringComparison.Ordinal));

        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Back to live" }).ClickAsync();
        await Expect(page.Page.Locator(".session-strip")).ToHaveCountAsync(0);
        await Expect(page.Page).ToHaveURLAsync(board.At("/monitoring/trends").ToString());
        await page.IsLiveAsync();
        await page.Page.GoBackAsync();
        await Expect(page.Page.Locator(".session-strip")).ToBeVisibleAsync();
        Assert.Empty(page.Complaints);
    }

    [Fact]
    public async Task Sessions_Deleted_IsAskedForTwiceAndGone()
    {
        await using var board = await Board.StartAsync();
        await using var page = await browser.OpenAsync(board.At("/monitoring/sessions"));
        await page.IsLiveAsync();
        await ImportAsync(page, "export.ndjson", Export());
        await page.Page.GetByRole(AriaRole.Button, new() { NameRegex = new("^Delete session") }).ClickAsync();
        Assert.Single(board.Api.Sessions);

        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Really delete" }).ClickAsync();

        await Expect(page.Page.GetByText("No session has been imported")).ToBeVisibleAsync();
        Assert.Empty(board.Api.Sessions);
        await page.GoAsync(board.At("/monitoring/tasks?session=1"));
        await Expect(page.Page.GetByText("There is no imported session '1' on this node.")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Import_SomethingElse_IsRefusedWithWhatIsAllowed()
    {
        await using var board = await Board.StartAsync();
        board.Api.Answers["/api/import"] = _ => Microsoft.AspNetCore.Http.Results.Problem("The body has more than 10 bytes, the limit.", statusCode: 413);
        await using var page = await browser.OpenAsync(board.At("/monitoring/sessions"));
        await page.IsLiveAsync();

        await ImportAsync(page, "export.csv", "a,b");
        await Expect(page.Page.GetByRole(AriaRole.Alert).Filter(new() { HasText = "export.csv is neither .ndjson nor .parquet" })).ToBeVisibleAsync();
        await ImportAsync(page, "export.ndjson", Export());

        await Expect(page.Page.GetByRole(AriaRole.Alert).Filter(new() { HasText = "The body has more than 10 bytes" })).ToBeVisibleAsync();
    }

    private static async Task ImportAsync(DashboardPage page, string name, string content)
    {
        await Expect(page.Page.Locator("input[type=file][data-ready]")).ToBeAttachedAsync();
        await page.Page.Locator("input[type=file]").SetInputFilesAsync(
            new FilePayload { Name = name, MimeType = "application/octet-stream", Buffer = Encoding.UTF8.GetBytes(content) });
    }

    private static string Export() => string.Join('\n',
    [
        .. new[]
        {
            Event(EventTypes.RunStarted, "imported-run", "Imported run"), Event(EventTypes.TaskEnqueued, "imported-task", null),
            Event(EventTypes.TaskStarted, "imported-task", null), Event(EventTypes.TaskCompleted, "imported-task", null),
        }.Select(entry => JsonSerializer.Serialize(entry, MonitoringJson.Context.MonitoringEvent)),
        "no event",
    ]);

    private static MonitoringEvent Event(string type, string task, string? message) => new()
    {
        EventId = $"{task}-{type}", Timestamp = DateTimeOffset.UtcNow.AddMinutes(-5), EventType = type, ProjectId = "elsewhere", ParentTaskId = "imported-run",
        TaskId = task, TaskType = "search", Message = message,
    };
}
