using System.Text.RegularExpressions;
using Nexus.Web.Browser.Tests.Hosting;
using static Microsoft.Playwright.Assertions;

namespace Nexus.Web.Browser.Tests;

public sealed class TimeMachineTests(BrowserFixture browser)
{
    /// <summary>What does not depend on how long ago things happened.</summary>
    private static readonly string[] Figures =
        [".card:nth-child(1) .value", ".card:nth-child(2) .value", ".run-name", ".failure .count", ".worker .number", ".worker .doing"];

    [Fact]
    public async Task OverviewAtAnInstant_IsWhatWasSeenLiveThere()
    {
        await using var board = await Board.StartAsync(workerLost: true);
        await using var page = await browser.OpenAsync(board.Overview);
        await page.IsLiveAsync();
        await Expect(page.Page.Locator(".worker .number").First).ToBeVisibleAsync();
        var head = board.Api.Head;
        await Expect(page.TailRows.First.Locator("a")).ToHaveAttributeAsync("href", new Regex($"event={head}$"));
        var seen = await ReadSettledAsync(page);
        Assert.All(seen, figure => Assert.NotEmpty(figure));

        board.Fleet.AdvanceTo(board.Fleet.Now + TimeSpan.FromSeconds(40));
        await Eventually.IsTrueAsync(async () => !(await ReadAsync(page)).SequenceEqual(seen), "the board goes on");
        await page.GoAsync(board.At($"/monitoring?at={head}"));
        await Expect(page.Page.Locator(".banner.is-past")).ToContainTextAsync($"as it stood after {head}");
        await Expect(page.Page.Locator(".worker .number").First).ToBeVisibleAsync();

        Assert.Equal(seen, await ReadAsync(page));
        await Expect(page.Pill).ToContainTextAsync("stands at");
        await Expect(page.TailRows.First.Locator("a")).ToHaveAttributeAsync("href", new Regex($"event={head}$"));
        Assert.Empty(page.Complaints);
    }

    [Fact]
    public async Task Instant_InTheAddress_StaysFromPageToPageUntilBackToLive()
    {
        await using var board = await Board.StartAsync();
        var at = $"{DateTimeOffset.UtcNow.AddMinutes(-4):yyyy-MM-ddTHH:mm:ss}.000Z";
        await using var page = await browser.OpenAsync(board.At($"/monitoring?at={at}"));
        var strip = page.Page.Locator(".banner.is-past");
        await Expect(strip).ToContainTextAsync(at[11..19]);

        await page.Page.Locator("[data-go=r]").ClickAsync();
        await Expect(page.Page.Locator("h1")).ToHaveTextAsync("Runs");
        await Expect(page.Page).ToHaveURLAsync(new Regex("/runs\\?at=" + Regex.Escape(Uri.EscapeDataString(at))));
        await Expect(strip).ToContainTextAsync(at[11..19]);

        await page.Page.Locator("[data-go=w]").ClickAsync();
        await Expect(page.Page.Locator(".lane-now").First).ToHaveTextAsync(at[11..19]);

        await strip.GetByText("Back to live").ClickAsync();

        await Expect(strip).ToBeHiddenAsync();
        await Expect(page.Page).ToHaveURLAsync(new Regex("/workers$"));
        await Expect(page.Page.Locator(".lane-now").First).ToHaveTextAsync("now");
        await Expect(page.Pill).ToContainTextAsync("live");
        Assert.Empty(page.Complaints);
    }

    [Fact]
    public async Task Instant_RelativeOrNone_IsThatMomentOrSaysWhatIsAllowed()
    {
        await using var board = await Board.StartAsync();
        await using var page = await browser.OpenAsync(board.At("/monitoring?at=-4m"));
        await Expect(page.Page.Locator(".banner.is-past")).ToContainTextAsync("You are looking at");
        await Expect(page.Page).ToHaveURLAsync(new Regex("at=2[0-9]{3}-"));

        await page.GoAsync(board.At("/monitoring?at=yesterday"));

        await Expect(page.Page.GetByText("This time cannot be shown.")).ToBeVisibleAsync();
        await Expect(page.Page.GetByText("at is yesterday; a cursor such as")).ToBeVisibleAsync();
        await Expect(page.Pill).ToContainTextAsync("live");
        Assert.Empty(page.Complaints);
    }

    [Fact]
    public async Task TimeBar_Clicked_ShowsThatInstantAndKeysLeadBack()
    {
        await using var board = await Board.StartAsync();
        await using var page = await browser.OpenAsync(board.Overview);
        await page.IsLiveAsync();
        await Expect(page.Page.Locator(".density .happened")).ToBeAttachedAsync();
        await Expect(page.Page.Locator("[data-ready]")).ToBeAttachedAsync();
        var bar = (await page.Page.Locator(".density").BoundingBoxAsync())!;

        await page.Page.Mouse.ClickAsync(bar.X + (bar.Width * 0.9f), bar.Y + 12);

        await Expect(page.Page.Locator(".banner.is-past")).ToContainTextAsync("You are looking at");
        await Expect(page.Page).ToHaveURLAsync(new Regex("at=\\d{4}-"));
        await page.Page.Locator(".density").PressAsync("ArrowLeft");
        await page.Page.Locator("h1").ClickAsync();
        await page.Page.Keyboard.PressAsync(",");
        await Expect(page.Page).ToHaveURLAsync(new Regex("at=\\d{13}-\\d"));
        await page.Page.Keyboard.PressAsync("l");
        await Expect(page.Pill).ToContainTextAsync("live");
        await Expect(page.Page).ToHaveURLAsync(new Regex("/monitoring$"));
        Assert.Empty(page.Complaints);
    }

    [Fact]
    public async Task Space_OnTheRealStack_PlaysThePastUntilItIsNow()
    {
        Assert.SkipUnless(BrowserFixture.IsInstalled, BrowserFixture.WhyMissing);
        await using var stack = await NexusStack.StartAsync();
        var events = await stack.PostDemoAsync();
        await using var page = await browser.OpenAsync(stack.Dashboard($"/monitoring?at={events[2].Cursor}"));
        await Expect(page.Page.Locator(".banner.is-past")).ToContainTextAsync($"as it stood after {events[2].Cursor}");

        await Expect(page.Page.Locator("[data-ready]")).ToBeAttachedAsync();
        await page.Page.Locator("h1").ClickAsync();
        await page.Page.Keyboard.PressAsync(".");
        await Expect(page.Page).ToHaveURLAsync(new Regex($"at={events[3].Cursor}"));
        await page.Page.GetByRole(Microsoft.Playwright.AriaRole.Button, new() { Name = "20×" }).ClickAsync();
        await page.Page.Locator("h1").ClickAsync();
        await page.Page.Keyboard.PressAsync(" ");

        await Expect(page.Pill).ToContainTextAsync("live");
        await Expect(page.Page).ToHaveURLAsync(new Regex("/monitoring$"));
        await Expect(page.TailRows.First.Locator("a")).ToHaveAttributeAsync("href", new Regex($"event={events[^1].Cursor}$"));
        Assert.Empty(page.Complaints);
    }

    /// <summary>Parts of a page are drawn one after another, each at most once a second.</summary>
    private static async Task<List<string>> ReadSettledAsync(DashboardPage page)
    {
        var seen = await ReadAsync(page);
        await Eventually.IsTrueAsync(
            async () =>
            {
                await Task.Delay(TimeSpan.FromSeconds(1.2), TestContext.Current.CancellationToken);
                var before = seen;
                seen = await ReadAsync(page);
                return seen.SequenceEqual(before);
            },
            "nothing changes any more");
        return seen;
    }

    private static async Task<List<string>> ReadAsync(DashboardPage page)
    {
        var figures = new List<string>();
        foreach (var figure in Figures)
        {
            figures.Add(string.Join('|', await page.Page.Locator(figure).AllInnerTextsAsync()));
        }

        return figures;
    }
}
