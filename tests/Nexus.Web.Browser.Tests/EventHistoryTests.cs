using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Nexus.Monitoring.Contracts.Events;
using Nexus.Monitoring.Web.Formatting;
using Nexus.Web.Browser.Tests.Hosting;
using static Microsoft.Playwright.Assertions;

namespace Nexus.Web.Browser.Tests;

public sealed class EventHistoryTests(BrowserFixture browser)
{
    /// <summary>A quarter of an hour is in memory at the start; the minute before it only the API has.</summary>
    [Fact]
    public async Task List_ScrolledToItsEnd_HoldsEveryEventOnce()
    {
        await using var board = await Board.StartAsync();
        await using var page = await browser.OpenAsync(board.At("/monitoring/events?q=event_type%3Atask_completed"), height: 2400);
        await page.IsLiveAsync();
        var expected = board.Api.All.Where(entry => entry.EventType == EventTypes.TaskCompleted).Select(entry => entry.Cursor!).Reverse().ToList();
        Assert.True(DateTimeOffset.UtcNow - board.Api.All[0].Timestamp > TimeSpan.FromMinutes(15.5), "The scenario is older than the dashboard's memory.");

        // What is live may still be on its way to a page that has just opened; from here on nothing is added.
        await Expect(page.Page.Locator(".event-scroll .event-row").First.Locator("[data-row]")).ToHaveAttributeAsync("href", new Regex($"event={expected[0]}"));

        var seen = await page.Page.EvaluateAsync<string[]>(
            """
            async () => {
              const list = document.querySelector('.event-scroll');
              const seen = new Map();
              const settled = () => {
                const rows = [...list.querySelectorAll('.event-row')];
                const box = list.getBoundingClientRect();
                return rows.length > 0 && !list.querySelector('.is-coming')
                  && rows[0].getBoundingClientRect().top <= box.top + 2
                  && (rows.at(-1).getBoundingClientRect().bottom >= box.bottom - 2 || list.scrollTop + list.clientHeight >= list.scrollHeight - 2);
              };
              for (let still = 0; still < 3;) {
                const before = seen.size;
                for (let wait = 0; wait < 100 && !settled(); wait++) { await new Promise(done => setTimeout(done, 50)); }
                for (const row of list.querySelectorAll('.event-row:not(.is-coming)')) {
                  seen.set(new URL(row.querySelector('[data-row]').href).searchParams.get('event'), true);
                }
                list.scrollTop += 1200;
                await new Promise(done => setTimeout(done, 60));
                still = seen.size === before ? still + 1 : 0;
              }
              return [...seen.keys()];
            }
            """);

        Assert.Equal(expected, seen);
        await Expect(page.Page.Locator("[data-loaded]")).ToHaveTextAsync($"{Numbers.Plural(expected.Count, "event", "events")} in all");
        Assert.Empty(page.Complaints);
    }

    [Fact]
    public async Task Completion_ByKeyboard_WritesAQueryWithCounts()
    {
        await using var board = await Board.StartAsync();
        await using var page = await browser.OpenAsync(board.At("/monitoring/events"));
        await page.IsLiveAsync();
        var box = page.Page.GetByRole(AriaRole.Combobox, new() { Name = "Query" });

        await box.FocusAsync();
        await page.Page.Keyboard.TypeAsync("event_t");
        await Expect(page.Page.Locator("#query-choices [role=option]").First).ToContainTextAsync("event_type:");
        await page.Page.Keyboard.PressAsync("Tab");
        await Expect(box).ToHaveValueAsync("event_type:");
        await page.Page.Keyboard.TypeAsync("task_fai");
        await Expect(page.Page.Locator("#query-choices [role=option]")).ToHaveCountAsync(1);
        await Expect(page.Page.Locator("#query-choices [role=option]").First).ToContainTextAsync("task_failed");
        await page.Page.Keyboard.PressAsync("ArrowDown");
        await Expect(box).ToHaveAttributeAsync("aria-activedescendant", "query-choice-0");
        await page.Page.Keyboard.PressAsync("Enter");
        await Expect(box).ToHaveValueAsync("event_type:task_failed ");
        // What could come next; without it the key would leave the box.
        await Expect(page.Page.Locator(".query-list")).ToBeVisibleAsync();
        await page.Page.Keyboard.PressAsync("Escape");
        await Expect(page.Page.Locator(".query-list")).ToBeHiddenAsync();
        await page.Page.Keyboard.PressAsync("Enter");

        await Expect(page.Page).ToHaveURLAsync(board.At("/monitoring/events?q=event_type%3Atask_failed").ToString());
        Assert.Empty(page.Complaints);
    }

    [Fact]
    public async Task Completion_PutInBeforeTheChoicesForTheLastKeysCame_TakesThePlaceOfAllThatWasTyped()
    {
        await using var board = await Board.StartAsync();
        await using var page = await browser.OpenAsync(board.At("/monitoring/events"));
        await page.IsLiveAsync();
        var box = page.Page.GetByRole(AriaRole.Combobox, new() { Name = "Query" });

        await box.FocusAsync();
        await page.Page.Keyboard.TypeAsync("w");
        await Expect(page.Page.Locator("#query-choices [role=option]").First).ToContainTextAsync("worker");
        // Both in one turn of the browser, in which no answer can come.
        await box.EvaluateAsync("""
            box => {
              box.value = 'worker_i';
              box.dispatchEvent(new Event('input', { bubbles: true }));
              box.dispatchEvent(new KeyboardEvent('keydown', { key: 'Tab', bubbles: true, cancelable: true }));
            }
            """);

        await Expect(box).ToHaveValueAsync("worker_id:");
        Assert.Empty(page.Complaints);
    }

    [Fact]
    public async Task Query_Wrong_IsExplainedAndTheLastOneHolds()
    {
        await using var board = await Board.StartAsync();
        await using var page = await browser.OpenAsync(board.At("/monitoring/events?q=event_type%3Atask_retry"));
        await page.IsLiveAsync();
        await page.Page.Locator("[data-query]").FillAsync("statos:failed AND worker_id:3");

        var error = page.Page.Locator(".query-error");
        await Expect(error).ToContainTextAsync("'statos' is no field.");
        await Expect(error).ToContainTextAsync("Shown is still the last valid query, event_type:task_retry");
        await Expect(page.Page.Locator(".query-wrong i")).ToHaveTextAsync("statos");
        await Expect(page.Page.Locator(".event-scroll .kind").First).ToHaveTextAsync("task_retry");
        await page.PhotographAsync("query-wrong-1440-light");

        await error.GetByRole(AriaRole.Button).ClickAsync();
        await Expect(page.Page).ToHaveURLAsync(new Regex(@"\?q=status%3Afailed%20AND%20worker_id%3A3$"));
        await Expect(page.Page.Locator("[data-query]")).ToHaveValueAsync("status:failed AND worker_id:3");
        await Expect(error).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Export_OfWhatIsShown_DownloadsThatMany()
    {
        await using var board = await Board.StartAsync();
        var expected = board.Api.All.Count(entry => entry.EventType == EventTypes.TaskRetry && entry.ProjectId == "market-atlas");
        await using var page = await browser.OpenAsync(board.At("/monitoring/events?project=market-atlas&q=event_type%3Atask_retry"));
        await page.IsLiveAsync();

        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Export" }).ClickAsync();
        await Expect(page.Page.Locator(".export-total")).ToContainTextAsync(Numbers.Whole(expected));
        var download = await page.Page.RunAndWaitForDownloadAsync(() => page.Page.GetByRole(AriaRole.Link, new() { NameRegex = new("^NDJSON") }).ClickAsync());

        var lines = await File.ReadAllLinesAsync(await download.PathAsync());
        Assert.Equal(expected, lines.Length);
        Assert.Equal("nexus-events.ndjson", download.SuggestedFilename);
        await Expect(page.Page.Locator(".export-progress")).ToContainTextAsync($"NDJSON: {Numbers.Whole(expected)} event");
        Assert.Empty(page.Complaints);
    }

    [Fact]
    public async Task Stored_ApiAway_SaysSoAndGoesOnAfterwards()
    {
        await using var board = await Board.StartAsync();
        await using var page = await browser.OpenAsync(board.At("/monitoring/events"));
        await page.IsLiveAsync();
        await board.Api.StopAsync();

        await page.Page.Locator(".event-scroll").EvaluateAsync("list => { list.scrollTop = list.scrollHeight; }");
        await Expect(page.Page.Locator(".event-foot")).ToContainTextAsync("Stored events could not be read. The API is not reachable.");

        await board.Api.StartAsync();
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Try again" }).Last.ClickAsync();
        await Expect(page.Page.Locator(".event-foot")).ToContainTextAsync("read back to");
    }
}
