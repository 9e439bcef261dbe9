using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Nexus.Monitoring.Contracts.Events;
using Nexus.Web.Browser.Tests.Hosting;
using static Microsoft.Playwright.Assertions;

namespace Nexus.Web.Browser.Tests;

public sealed partial class WorkersTests(BrowserFixture browser)
{
    /// <summary>Of the part of the window that the dashboard knows, which is a little less than all of it.</summary>
    [GeneratedRegex(@"\b5[0-9]\s%")]
    private static partial Regex HalfOrMore();

    [Theory]
    [InlineData(1440, false)]
    [InlineData(1440, true)]
    [InlineData(390, false)]
    [InlineData(390, true)]
    public async Task Workers_AnyWidthAndTheme_FitsAndComplainsOfNothing(int width, bool dark)
    {
        await using var board = await Board.StartAsync(workerLost: true);
        await using var page = await browser.OpenAsync(board.At("/monitoring/workers"), width, dark);
        await page.IsLiveAsync();
        await Expect(page.Page.Locator(".lanes[data-drawn]")).ToBeAttachedAsync();

        await Expect(Lines(page)).ToHaveCountAsync(12);
        await Expect(page.Page.Locator(".worker-line.is-lost")).ToContainTextAsync("worker 7");
        await Expect(page.Page.Locator(".worker-line.is-lost .doing")).ToContainTextAsync("lost ");
        Assert.Equal(width, await page.ScrollWidthAsync());
        await page.PhotographAsync($"workers-{width}-{(dark ? "dark" : "light")}");
        Assert.Empty(page.Complaints);
    }

    /// <summary>A lane shows colour where its worker was at work, and none where it was not.</summary>
    [Fact]
    public async Task Lane_WorkerThatWorkedHalfOfTheTime_IsPaintedThereAndSaysSo()
    {
        await using var board = await Board.StartAsync();
        await using var page = await browser.OpenAsync(board.At("/monitoring/workers"));
        await page.IsLiveAsync();
        var now = DateTimeOffset.UtcNow;
        board.Api.Append(Event(EventTypes.WorkerStarted, 90, now));
        board.Api.Append(Event(EventTypes.TaskCompleted, 90, now) with { TaskId = "half", DurationMs = 450_000 });

        var line = Lines(page).Filter(new() { HasText = "worker 90" });
        await Expect(line.Locator(".utilisation")).ToContainTextAsync(HalfOrMore());
        await Expect(page.Page.Locator(".lanes[data-drawn]")).ToBeAttachedAsync();
        await Expect(line.Locator("canvas")).ToHaveAttributeAsync("aria-label", HalfOrMore());
        await page.Page.WaitForFunctionAsync("""
            () => {
              const canvas = document.querySelector('canvas[data-worker="90"]');
              if (!canvas.width) { return false; }
              const data = part => [...canvas.getContext('2d').getImageData(Math.floor(canvas.width * part), canvas.height / 2, 1, 1).data].join();
              return data(0.25) !== data(0.75) && data(0.75) === data(0.9);
            }
            """);
    }

    [Fact]
    public async Task Piece_OfALane_SaysWhatItIsAndLeadsToItsTask()
    {
        await using var board = await Board.StartAsync();
        await using var page = await browser.OpenAsync(board.At("/monitoring/workers"));
        await page.IsLiveAsync();
        var now = DateTimeOffset.UtcNow;
        board.Api.Append(Event(EventTypes.WorkerStarted, 90, now));
        board.Api.Append(Event(EventTypes.TaskFailed, 90, now) with { TaskId = "half", DurationMs = 450_000, Error = "broken" });
        var canvas = page.Page.Locator("canvas[data-worker='90']");
        await Expect(canvas).ToHaveAttributeAsync("aria-label", HalfOrMore());

        var box = (await canvas.BoundingBoxAsync())!;
        await canvas.HoverAsync(new() { Position = new() { X = box.Width * 0.75f, Y = box.Height / 2 } });
        await Expect(canvas).ToHaveAttributeAsync("title", new Regex(@"^reasoning half, failed after 7\smin"));
        await canvas.HoverAsync(new() { Position = new() { X = box.Width * 0.1f, Y = box.Height / 2 } });
        await Expect(canvas).ToHaveAttributeAsync("title", "");
        await canvas.ClickAsync(new() { Position = new() { X = box.Width * 0.75f, Y = box.Height / 2 } });

        await Expect(page.Page).ToHaveURLAsync(board.At("/monitoring/tasks/half").ToString());
        Assert.Empty(page.Complaints);
    }

    [Fact]
    public async Task Worker_FailsAndIsLost_ItsPageShowsTheEvidence()
    {
        await using var board = await Board.StartAsync(workerLost: true);
        await using var page = await browser.OpenAsync(board.At("/monitoring/workers"));
        await page.IsLiveAsync();

        await page.Page.GetByRole(AriaRole.Link, new() { Name = "worker 7", Exact = true }).ClickAsync();

        await Expect(page.Page).ToHaveURLAsync(board.At("/monitoring/workers/7").ToString());
        await Expect(page.Page.Locator(".evidence")).ToContainTextAsync("Worker 7 lost");
        await Expect(page.Page.Locator(".attempt-row").Nth(1)).ToBeVisibleAsync();
        await page.PhotographAsync("worker-1440-light");
        Assert.Empty(page.Complaints);
    }

    [Fact]
    public async Task PeriodAndOrder_AreInTheAddress()
    {
        await using var board = await Board.StartAsync();
        await using var page = await browser.OpenAsync(board.At("/monitoring/workers"));
        await page.IsLiveAsync();

        await page.Page.GetByRole(AriaRole.Button, new() { Name = "1 h", Exact = true }).ClickAsync();
        await Expect(page.Page).ToHaveURLAsync(board.At("/monitoring/workers?range=1h").ToString());
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "By utilisation" }).ClickAsync();

        await Expect(page.Page).ToHaveURLAsync(board.At("/monitoring/workers?range=1h&sort=utilisation").ToString());
        await page.ReloadAsync();
        await Expect(page.Page.GetByRole(AriaRole.Button, new() { Name = "1 h", Exact = true })).ToHaveAttributeAsync("aria-pressed", "true");
        await Expect(page.Page.Locator(".panel h2").First).ToHaveTextAsync("Last 1 h");
    }

    [Fact]
    public async Task Clock_OfASourceThatIsOff_IsLoudAndSaysByHowMuch()
    {
        await using var board = await Board.StartAsync();
        await using var page = await browser.OpenAsync(board.At("/monitoring/workers"));
        await page.IsLiveAsync();
        board.Api.Append(Event(EventTypes.WorkerStarted, 91, DateTimeOffset.UtcNow.AddMinutes(-5)) with { Source = "far/1" });
        board.Api.Append(Event(EventTypes.WorkerHeartbeat, 91, DateTimeOffset.UtcNow.AddMinutes(-5)) with { Source = "far/1" });

        await Expect(Lines(page).Filter(new() { HasText = "worker 91" }).Locator(".clock-badge.is-loud")).ToContainTextAsync("−4\u00a0min");
        await Expect(page.Page.Locator(".clock-badge:not(.is-loud)").First).ToBeVisibleAsync();
    }

    [Fact]
    public async Task ManyWorkers_OnlyThoseInSightAreThere()
    {
        await using var board = await Board.StartAsync();
        for (var worker = 100; worker < 400; worker++)
        {
            board.Api.Append(Event(EventTypes.WorkerStarted, worker, DateTimeOffset.UtcNow));
        }

        await using var page = await browser.OpenAsync(board.At("/monitoring/workers"));
        await page.IsLiveAsync();

        await Expect(page.Page.Locator(".page-head")).ToContainTextAsync("312 of 312 online");
        await Expect(Lines(page).First).ToBeVisibleAsync();
        Assert.InRange(await Lines(page).CountAsync(), 12, 120);
    }

    [Fact]
    public async Task StreamLost_LanesStandStill()
    {
        await using var board = await Board.StartAsync();
        await using var page = await browser.OpenAsync(board.At("/monitoring/workers"));
        await page.IsLiveAsync();
        await Expect(page.Page.Locator(".lanes[data-drawn]")).ToBeAttachedAsync();
        await board.Api.StopAsync();
        await page.IsStaleAsync();

        await Expect(page.Page.Locator(".lane-now")).Not.ToHaveTextAsync("now");
        var stood = await page.Page.Locator(".worker-line .beat").AllTextContentsAsync();
        await Task.Delay(2_000, TestContext.Current.CancellationToken);
        Assert.Equal(stood, await page.Page.Locator(".worker-line .beat").AllTextContentsAsync());
    }

    private static ILocator Lines(DashboardPage page) => page.Page.Locator(".worker-line:not(.worker-head)");

    private static MonitoringEvent Event(string type, int worker, DateTimeOffset at) => new()
    {
        EventId = Guid.NewGuid().ToString(),
        Timestamp = at,
        EventType = type,
        WorkerId = worker,
        TaskType = type.StartsWith("task", StringComparison.Ordinal) ? "reasoning" : null,
        Source = "test/1",
    };
}
