using System.Net;
using Microsoft.Playwright;
using Nexus.Monitoring.Contracts.Events;
using Nexus.Web.Browser.Tests.Hosting;
using static Microsoft.Playwright.Assertions;

namespace Nexus.Web.Browser.Tests;

/// <summary>Keys, the palette, search by id, the viewer's zone: what holds on every page.</summary>
public sealed class MannersTests(BrowserFixture browser)
{
    private const string Trace = "4bf92f3577b34da6a3ce929d0e0e4736";

    [Fact]
    public async Task Keys_Tour_LeadsThroughThePages()
    {
        await using var board = await Board.StartAsync();
        board.Api.Script();
        await using var page = await browser.OpenAsync(board.Overview);
        await page.IsLiveAsync();
        var keyboard = page.Page.Keyboard;

        foreach (var (key, path) in new[]
        {
            ("r", "/runs"), ("t", "/tasks"), ("w", "/workers"), ("e", "/events"), ("n", "/trends"), ("b", "/boards"), ("i", "/about"), ("s", "/sessions"), ("o", ""),
        })
        {
            await keyboard.PressAsync("g");
            await keyboard.PressAsync(key);
            await Expect(page.Page).ToHaveURLAsync(board.At($"/monitoring{path}").ToString());
            await Expect(page.Page.Locator("h1")).ToBeFocusedAsync();
        }

        await keyboard.PressAsync("?");
        var help = page.Page.GetByRole(AriaRole.Dialog, new() { Name = "Keyboard" });
        await Expect(help).ToBeVisibleAsync();
        await keyboard.PressAsync("Escape");
        await Expect(help).ToBeHiddenAsync();

        await keyboard.PressAsync("g");
        await keyboard.PressAsync("e");
        await Expect(page.Page.Locator(".event-scroll [data-row]").First).ToBeVisibleAsync();
        await keyboard.PressAsync("p");
        await Expect(page.Pill).ToContainTextAsync("paused");
        await keyboard.PressAsync("j");
        await keyboard.PressAsync("j");
        await keyboard.PressAsync("Enter");
        await Expect(page.Page.Locator("#event-json")).ToBeVisibleAsync();
        await keyboard.PressAsync("c");
        await Expect(page.Page.Locator("#announcer")).ToHaveTextAsync("Copied");
        await keyboard.PressAsync("y");
        await Expect(page.Page.Locator("#announcer")).ToHaveTextAsync("Link copied");
        Assert.Equal(page.Page.Url, await page.Page.EvaluateAsync<string>("navigator.clipboard.readText()"));
        await keyboard.PressAsync("Escape");
        await Expect(page.Page.Locator("#event-json")).ToHaveCountAsync(0);
        Assert.Empty(page.Complaints);
    }

    [Fact]
    public async Task Keys_OfTheTimeBar_MoveZoomStopAndReturn()
    {
        await using var board = await Board.StartAsync();
        await using var page = await browser.OpenAsync(board.Overview);
        await page.IsLiveAsync();
        await Expect(page.Page.Locator(".density[data-ready]")).ToBeVisibleAsync();
        var (keyboard, bar, labels) = (page.Page.Keyboard, page.Page.Locator(".density"), page.Page.Locator(".density .time-label"));
        var length = await bar.GetAttributeAsync("aria-valuemax");

        await keyboard.PressAsync("-");
        await Expect(bar).Not.ToHaveAttributeAsync("aria-valuemax", length!);
        await keyboard.PressAsync("+");
        await Expect(bar).ToHaveAttributeAsync("aria-valuemax", length!);
        var first = await labels.First.TextContentAsync();
        await keyboard.PressAsync("[");
        await Expect(labels.First).Not.ToHaveTextAsync(first!);
        await keyboard.PressAsync("]");
        await keyboard.PressAsync("Space");
        await Expect(page.Pill).ToContainTextAsync("stands at");
        await keyboard.PressAsync("l");

        await Expect(page.Pill).ToContainTextAsync("live");
        Assert.Empty(page.Complaints);
    }

    [Theory]
    [InlineData("/monitoring/workers")]
    [InlineData("/monitoring/workers/3")]
    [InlineData("/monitoring/trends")]
    public async Task Keys_JAndK_GoThroughTheRows(string path)
    {
        await using var board = await Board.StartAsync();
        board.Api.Script();
        await using var page = await browser.OpenAsync(board.At(path));
        await page.IsLiveAsync();
        var rows = page.Page.Locator("[data-row]");
        await Expect(rows.Nth(1)).ToBeVisibleAsync();

        await page.Page.Keyboard.PressAsync("j");
        await Expect(rows.First).ToBeFocusedAsync();
        await page.Page.Keyboard.PressAsync("j");
        await Expect(rows.Nth(1)).ToBeFocusedAsync();
        await page.Page.Keyboard.PressAsync("k");

        await Expect(rows.First).ToBeFocusedAsync();
    }

    [Fact]
    public async Task Typing_WhileThePageLoads_KeepsTheFocusUntilItIsSent()
    {
        await using var board = await Board.StartAsync();
        await using var page = await browser.OpenAsync(board.Overview);
        await page.Page.AddInitScriptAsync(
            "new MutationObserver(() => document.querySelector('.app[data-interactive]') && !window.begun && (window.begun = true, document.querySelector('input[name=text]').focus()))"
            + ".observe(document, { subtree: true, childList: true, attributes: true });");
        await page.ReloadAsync();
        await page.IsLiveAsync();
        await page.ChartsAreDrawnAsync();

        var search = page.Page.Locator("input[name=text]");
        await Expect(search).ToBeFocusedAsync();
        await Expect(page.Page.Locator(".app[aria-busy]")).ToHaveCountAsync(0);
        await page.Page.Keyboard.TypeAsync("two words");
        await page.Page.Keyboard.PressAsync("Enter");

        await Expect(page.Page.Locator("h1")).ToHaveTextAsync("Events");
        await Expect(page.Page.Locator("h1")).ToBeFocusedAsync();
        await Expect(search).ToHaveValueAsync("");
    }

    [Fact]
    public async Task Back_AfterChoices_UndoesThemOneByOne()
    {
        await using var board = await Board.StartAsync();
        await using var page = await browser.OpenAsync(board.At("/monitoring/workers"));
        await page.IsLiveAsync();

        await page.Page.GetByRole(AriaRole.Group, new() { Name = "Period" }).GetByRole(AriaRole.Button, new() { Name = "1 h" }).ClickAsync();
        await Expect(page.Page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("range="));
        await page.Page.GetByRole(AriaRole.Group, new() { Name = "Order" }).GetByRole(AriaRole.Button).Last.ClickAsync();
        await Expect(page.Page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("sort="));
        await page.Page.GoBackAsync();
        await Expect(page.Page).Not.ToHaveURLAsync(new System.Text.RegularExpressions.Regex("sort="));
        await page.Page.GoBackAsync();
        await Expect(page.Page).ToHaveURLAsync(board.At("/monitoring/workers").ToString());

        await page.Page.Locator("[data-go=r]").ClickAsync();
        await page.Page.Locator(".run-name a").First.ClickAsync();
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Compare", Exact = true }).ClickAsync();
        await Expect(page.Page.Locator(".run-comparison")).ToBeVisibleAsync();
        await page.Page.GoBackAsync();

        await Expect(page.Page.Locator(".run-comparison")).ToHaveCountAsync(0);
        await Expect(page.Page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("/runs/[^?]+$"));
    }

    [Fact]
    public async Task Keys_TurnedOff_DoNothingAndStayOff()
    {
        await using var board = await Board.StartAsync();
        await using var page = await browser.OpenAsync(board.Overview);
        await page.IsLiveAsync();
        await page.Page.Keyboard.PressAsync("?");
        await page.Page.GetByRole(AriaRole.Checkbox, new() { NameRegex = new("Single keys") }).UncheckAsync();
        await page.ReloadAsync();
        await page.IsLiveAsync();

        await page.Page.Keyboard.PressAsync("?");
        await page.Page.Keyboard.PressAsync("g");
        await page.Page.Keyboard.PressAsync("r");
        await page.Page.Keyboard.PressAsync("Control+k");

        await Expect(page.Page.Locator("#palette")).ToBeVisibleAsync();
        await Expect(page.Page.Locator("#keyboard")).ToBeHiddenAsync();
        await Expect(page.Page).ToHaveURLAsync(board.Overview.ToString());
    }

    [Fact]
    public async Task Palette_FewLetters_FindAndOpen()
    {
        await using var board = await Board.StartAsync();
        await using var page = await browser.OpenAsync(board.Overview);
        await page.IsLiveAsync();
        var options = page.Page.Locator("#palette").GetByRole(AriaRole.Option);

        await page.Page.Keyboard.PressAsync("Control+k");
        await Expect(options.First).ToContainTextAsync("Overview");
        await page.Page.Keyboard.TypeAsync("wrk");
        await Expect(options.First).ToContainTextAsync("Workers");
        await page.Page.Keyboard.PressAsync("ArrowDown");
        await Expect(options.Nth(1)).ToHaveAttributeAsync("aria-selected", "true");
        await Expect(page.Page.GetByRole(AriaRole.Combobox, new() { NameRegex = new("Page, view") })).ToHaveAttributeAsync("aria-activedescendant", "palette-1");
        await page.Page.Keyboard.PressAsync("ArrowUp");
        await page.Page.Keyboard.PressAsync("Enter");

        await Expect(page.Page).ToHaveURLAsync(board.At("/monitoring/workers").ToString());
        await Expect(page.Page.Locator("#palette")).ToBeHiddenAsync();
        Assert.Empty(page.Complaints);
    }

    [Theory]
    [InlineData("pasted", "task=pasted")]
    [InlineData(Trace, "task=pasted")]
    [InlineData("run-of-the-test", "/monitoring/runs/run-of-the-test")]
    public async Task Search_IdPasted_LandsOnWhatHasIt(string id, string where)
    {
        await using var board = await Board.StartAsync();
        board.Publish(EventTypes.TaskStarted, "pasted");
        await using var page = await browser.OpenAsync(board.Overview);
        await page.IsLiveAsync();

        await page.Page.Keyboard.PressAsync("/");
        await page.Page.Keyboard.InsertTextAsync(id);
        await page.Page.Keyboard.PressAsync("Enter");

        await Expect(page.Page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex($"{System.Text.RegularExpressions.Regex.Escape(where)}$"));
    }

    [Fact]
    public async Task Zone_LocalChosen_IsThatOfTheBrowserFromTheFirstPaint()
    {
        await using var board = await Board.StartAsync();
        var entry = board.Publish(EventTypes.TaskStarted, "zoned");
        await using var page = await browser.OpenAsync(board.At("/monitoring/events?text=zoned"), timeZone: "Asia/Kolkata");
        await page.IsLiveAsync();
        var time = page.Page.Locator(".event-scroll time").First;
        await Expect(time).ToHaveTextAsync(entry.Timestamp.UtcDateTime.ToString("HH:mm:ss.fff", null));

        await page.Page.GetByRole(AriaRole.Button, new() { NameRegex = new("^Times are") }).ClickAsync();
        await page.Page.GetByRole(AriaRole.Menuitemradio, new() { Name = "Local time" }).ClickAsync();

        var local = entry.Timestamp.ToOffset(new TimeSpan(5, 30, 0));
        await Expect(time).ToHaveTextAsync(local.ToString("HH:mm:ss.fff", null));
        await Expect(time).ToHaveAttributeAsync("datetime", new System.Text.RegularExpressions.Regex("Z$"));
        using var http = new HttpClient();
        http.DefaultRequestHeaders.Add("Cookie", "nexus-zone=local%3AAsia%2FKolkata");
        var first = await http.GetStringAsync(board.At("/monitoring/events?text=zoned"));
        Assert.Contains("data-zone=\"Asia/Kolkata\"", first, StringComparison.Ordinal);
        Assert.Contains("Time, Kolkata", first, StringComparison.Ordinal);
        Assert.Empty(page.Complaints);
    }

    [Theory]
    [InlineData("/monitoring", HttpStatusCode.OK)]
    [InlineData("/monitoring/tasks", HttpStatusCode.OK)]
    [InlineData("/monitoring/nothing-like-it", HttpStatusCode.NotFound)]
    public async Task Head_OfAPage_TellsWhetherItIsThere(string path, HttpStatusCode status)
    {
        await using var board = await Board.StartAsync();
        using var http = new HttpClient();
        using var asked = new HttpRequestMessage(HttpMethod.Head, board.At(path));

        using var answer = await http.SendAsync(asked);

        Assert.Equal((status, "text/html"), (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
        Assert.Empty(await answer.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task Phone_More_HasTheOtherViews()
    {
        await using var board = await Board.StartAsync();
        await using var page = await browser.OpenAsync(board.Overview, width: 390);
        await page.IsLiveAsync();

        await page.Page.GetByRole(AriaRole.Button, new() { Name = "More", Exact = true }).ClickAsync();
        await page.Page.GetByRole(AriaRole.Dialog, new() { Name = "More" }).GetByRole(AriaRole.Link, new() { Name = "Boards" }).ClickAsync();

        await Expect(page.Page).ToHaveURLAsync(board.At("/monitoring/boards").ToString());
        await Expect(page.Page.Locator("#more")).ToBeHiddenAsync();
        Assert.Equal(390, await page.ScrollWidthAsync());
    }

    [Fact]
    public async Task Browsers_Ten_ShareOneSubscription()
    {
        await using var board = await Board.StartAsync();
        var pages = new List<DashboardPage>();
        try
        {
            for (var i = 0; i < 10; i++)
            {
                pages.Add(await browser.OpenAsync(board.At(i % 2 == 0 ? "/monitoring" : "/monitoring/events")));
                await pages[^1].IsLiveAsync();
            }

            Assert.Equal(1, board.Api.Subscriptions);
        }
        finally
        {
            foreach (var page in pages)
            {
                await page.DisposeAsync();
            }
        }
    }
}
