using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Nexus.Web.Browser.Tests.Hosting;
using static Microsoft.Playwright.Assertions;

namespace Nexus.Web.Browser.Tests;

public sealed class TrendsTests(BrowserFixture browser)
{
    private const string Evening = "/monitoring/trends?from=2026-11-20T18:00:00Z&to=2026-11-20T20:00:00Z";

    [Theory]
    [InlineData(1440, false)]
    [InlineData(1440, true)]
    [InlineData(390, false)]
    [InlineData(390, true)]
    public async Task Trends_AnyWidthAndTheme_ShowsWhatTheHistoryAnswers(int width, bool dark)
    {
        await using var board = await StartAsync();
        await using var page = await browser.OpenAsync(board.At(Evening), width, dark);
        await page.IsLiveAsync();
        await ChartsAreDrawnAsync(page, 7);

        await Expect(page.Page.Locator("#trend-events .legend-value")).ToHaveTextAsync("2 /s");
        await Expect(page.Page.Locator("#trend-errors .legend-value")).ToHaveTextAsync("10 %");
        await Expect(page.Page.Locator("#trend-tasks [data-total]")).ToHaveTextAsync("60 /min");
        await Expect(page.Page.Locator("#trend-queue .legend li")).ToHaveTextAsync(["at the end", "search17"]);
        var profile = page.Page.GetByRole(AriaRole.Region, new() { Name = "Profile, as a table" });
        await Expect(profile.Locator("tbody tr").First).ToHaveTextAsync(new Regex("search\\s*541.0.s2.0.s3.0.s4.0.s1.min.05.s\\s*555.0.s6.0.s7.0.s8.0.s9.0.s"));
        await Expect(page.Page.Locator(".slow a").First).ToHaveAttributeAsync("href", "/monitoring/runs/run-1?task=task-1");
        await Expect(page.Page.Locator(".failure.is-trend")).ToContainTextAsync("3 final");
        await Expect(page.Page.Locator(".use b")).ToHaveTextAsync("50 %");
        await Expect(page.Page.GetByRole(AriaRole.Region,
            new() { Name = "Compared, as a table" }).Locator("tbody tr").First).ToContainTextAsync("+50 %");
        Assert.Equal(width, await page.ScrollWidthAsync());
        await page.PhotographAsync($"trends-{width}-{(dark ? "dark" : "light")}");
        await AccessibilityTests.HasNoViolationAsync(page);
        Assert.Empty(page.Complaints);
    }

    [Fact]
    public async Task Chart_DrawnOver_ZoomsThePeriodAndBackReturns()
    {
        await using var board = await StartAsync();
        await using var page = await browser.OpenAsync(board.At(Evening));
        await page.IsLiveAsync();
        await ChartsAreDrawnAsync(page, 7);
        var plot = page.Page.Locator("#trend-run .chart-plot");
        await plot.EvaluateAsync("element => element.scrollIntoView({ block: 'center' })");
        var box = (await plot.BoundingBoxAsync())!;

        // The chart's inner frame is 44 px from the left and 82 px from the right: an hour of the two from its middle on.
        var (left, width) = (box.X + 44, box.Width - 44 - 82);
        await page.Page.Mouse.MoveAsync(left + (width / 2), box.Y + 60);
        await page.Page.Mouse.DownAsync();
        await page.Page.Mouse.MoveAsync(left + (width * 0.8f), box.Y + 60);
        await page.Page.Mouse.MoveAsync(left + width - 1, box.Y + 60);
        await page.Page.Mouse.UpAsync();

        await Expect(page.Page).ToHaveURLAsync(new Regex("from=2026-11-20T1(8%3A59|9%3A00)"));
        await page.Page.GoBackAsync();
        await Expect(page.Page).ToHaveURLAsync(board.At(Evening).ToString());
    }

    [Fact]
    public async Task Choices_AllOfThem_AreInTheAddressAndInTheQuestion()
    {
        await using var board = await StartAsync();
        await using var page = await browser.OpenAsync(board.At("/monitoring/trends?project=atlas"));
        await page.IsLiveAsync();

        await page.Page.GetByRole(AriaRole.Button, new() { Name = "6 h" }).ClickAsync();
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "By project" }).First.ClickAsync();
        await page.Page.Locator("[data-query]").FillAsync("worker_id:3");
        await page.Page.Locator("[data-query]").PressAsync("Enter");

        await Expect(page.Page).ToHaveURLAsync(new Regex("project=atlas&range=6h&by=project&q=worker_id%3A3$"));
        await Expect(page.Page.Locator("#trend-events .legend li")).ToHaveTextAsync([new Regex("mean"), new Regex("beta"),
            new Regex("alpha"), new Regex("^total4./s$")]);
        await IsAskedAsync(board, "q=project_id%3A%22atlas%22%20%28worker_id%3A3%29");
        await page.ReloadAsync();
        await Expect(page.Page.Locator("[data-query]")).ToHaveValueAsync("worker_id:3");
    }

    [Fact]
    public async Task Query_ThatIsNone_IsExplainedUnderTheBoxAndNotAsked()
    {
        await using var board = await StartAsync();
        await using var page = await browser.OpenAsync(board.At("/monitoring/trends"));
        await page.IsLiveAsync();

        await page.Page.Locator("[data-query]").FillAsync("statos:failed");
        await page.Page.Locator("[data-query]").PressAsync("Enter");

        await Expect(page.Page.GetByRole(AriaRole.Alert).Filter(new() { HasText = "Column 1" })).ToContainTextAsync("'statos' is no field");
        Assert.DoesNotContain(board.Api.Asked, question => question.Contains("statos", StringComparison.Ordinal));

        // The same from an address, and then one put together from what the box proposes.
        await page.GoAsync(board.At("/monitoring/trends?q=statos%3Afailed"));
        await Expect(page.Page.Locator(".query-error")).ToContainTextAsync("'statos' is no field");
        Assert.DoesNotContain(board.Api.Asked, question => question.Contains("statos", StringComparison.Ordinal));
        await page.IsLiveAsync();
        await page.Page.Locator("[data-query]").FillAsync("");
        await page.Page.Keyboard.TypeAsync("worker_i");
        await Expect(page.Page.Locator("#query-choices [role=option]").First).ToContainTextAsync("worker_id:");
        await page.Page.Keyboard.PressAsync("Tab");
        await page.Page.Keyboard.TypeAsync("3");
        await page.Page.Keyboard.PressAsync("Enter");
        await Expect(page.Page).ToHaveURLAsync(new Regex(@"\?q=worker_id%3A3$"));
    }

    [Fact]
    public async Task Panel_HistoryDoesNotAnswer_SaysWhyAndTriesAgain()
    {
        await using var board = await StartAsync();
        board.Api.Answers.TryRemove("/api/stats/heatmap", out var heatmap);
        await using var page = await browser.OpenAsync(board.At(Evening));
        await page.IsLiveAsync();
        var panel = page.Page.Locator(".panel", new() { HasText = "The heat map could not be read" });

        await Expect(panel).ToContainTextAsync("There is no such thing.");
        await ChartsAreDrawnAsync(page, 6);
        board.Api.Answers["/api/stats/heatmap"] = heatmap!;
        await panel.GetByRole(AriaRole.Button, new() { Name = "Try again" }).ClickAsync();

        await ChartsAreDrawnAsync(page, 7);
    }

    [Fact]
    public async Task SamePeriod_InThreeBrowsers_IsAskedOnce()
    {
        await using var board = await StartAsync();
        var pages = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => browser.OpenAsync(board.At(Evening))));

        await Task.WhenAll(pages.Select(page => ChartsAreDrawnAsync(page, 7)));

        Assert.All(board.Api.Asked.Where(question => question.StartsWith("/api/stats/", StringComparison.Ordinal)).GroupBy(question => question), same => Assert.Single(same));
        await Task.WhenAll(pages.Select(page => page.DisposeAsync().AsTask()));
    }

    [Theory]
    [InlineData("1h", "mean of the period")]
    [InlineData("24h", "mean of the period")]
    public async Task Overview_LongerRange_ShowsTheHistory(string range, string mean)
    {
        await using var board = await StartAsync();
        await using var page = await browser.OpenAsync(board.At($"/monitoring?range={range}"));
        await page.IsLiveAsync();
        await ChartsAreDrawnAsync(page, 4);

        var throughput = page.Page.Locator(".panel", new() { HasText = "attempts that ended, by outcome" });
        await Expect(throughput.Locator("[data-when]")).ToHaveTextAsync(mean);
        await Expect(throughput.Locator("[data-total]")).ToHaveTextAsync(new Regex("^6[01]./min$"));
        await IsAskedAsync(board, "metric=queue");

        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Wait" }).ClickAsync();
        await Expect(page.Page).ToHaveURLAsync(new Regex($"range={range}&time=wait$"));
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "15 min" }).ClickAsync();
        await Expect(page.Page).ToHaveURLAsync(new Regex("/monitoring\\?time=wait$"));
        await Expect(throughput.Locator("[data-when]")).ToHaveTextAsync("a minute, over 60 s");
    }

    [Fact]
    public async Task Charts_ChangedFasterThanTheyAreDrawn_LeaveThePageWhole()
    {
        await using var board = await StartAsync();
        await using var page = await browser.OpenAsync(board.Overview);
        await page.IsLiveAsync();

        for (var i = 0; i < 20; i++)
        {
            var name = i % 2 == 0 ? "Wait" : "Run";
            await page.Page.EvaluateAsync(
                "name => [...document.querySelectorAll('.segmented button')].find(button => button.textContent.trim() === name).click()", name);
        }

        await ChartsAreDrawnAsync(page, 4);
        await Expect(page.Page.Locator(".state", new() { HasText = "could not be drawn" })).ToHaveCountAsync(0);
        Assert.Empty(page.Complaints);
    }

    private static async Task<Board> StartAsync()
    {
        var board = await Board.StartAsync();
        board.Api.Script();
        return board;
    }

    /// <summary>A question goes out with the drawing of its panel, which may come after what the page already showed.</summary>
    private static Task IsAskedAsync(Board board, string part) => Eventually.IsTrueAsync(
        () => board.Api.Asked.Any(question => question.Contains(part, StringComparison.Ordinal)), $"the API is asked for {part}");

    private static Task ChartsAreDrawnAsync(DashboardPage page, int charts) =>
        Expect(page.Page.Locator(".chart[data-drawn]")).ToHaveCountAsync(charts);
}
