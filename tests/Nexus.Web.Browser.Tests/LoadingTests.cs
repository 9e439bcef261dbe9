using Nexus.Web.Browser.Tests.Hosting;
using static Microsoft.Playwright.Assertions;

namespace Nexus.Web.Browser.Tests;

/// <summary>From what is drawn before there is a circuit to what the circuit draws.</summary>
public sealed class LoadingTests(BrowserFixture browser)
{
    /// <summary>Notes at every change of the page how many panels can be seen, how many came with it, and what moved.</summary>
    private const string Watch =
        """
        window.seen = { fewest: Infinity, most: 0, moved: 0 };
        let known = null;
        new MutationObserver(() => {
          if (document.readyState === 'loading' || !document.querySelector('main .panel')) { return; }
          const panels = [...document.querySelectorAll('main .panel-head')].filter(panel => panel.getBoundingClientRect().height > 0);
          seen.fewest = Math.min(seen.fewest, panels.length);
          if (known) { seen.most = Math.max(seen.most, panels.filter(panel => !known.has(panel)).length); }
          known = new Set([...known ?? [], ...panels]);
        }).observe(document, { childList: true, subtree: true });
        new PerformanceObserver(list => { for (const shift of list.getEntries()) { seen.moved += shift.value; } }).observe({ type: 'layout-shift', buffered: true });
        """;

    [Theory]
    [InlineData("/monitoring", 8)]
    [InlineData("/monitoring/runs", 1)]
    [InlineData("/monitoring/trends", 6)]
    public async Task Loading_Panels_ComeOneByOneAndAreNeverGone(string path, int panels)
    {
        await using var board = await Board.StartAsync();
        board.Api.Script();
        await using var page = await browser.OpenAsync(board.At("/monitoring/about"));
        await page.Page.AddInitScriptAsync(Watch);
        await page.GoAsync(board.At(path));
        await page.IsLiveAsync();

        await Expect(page.Page.Locator(".later[aria-busy]")).ToHaveCountAsync(0);
        var seen = await page.Page.EvaluateAsync<Dictionary<string, double>>("seen");
        Assert.InRange(seen["fewest"], panels, double.PositiveInfinity);
        Assert.InRange(seen["most"], 1, 1);
        Assert.InRange(seen["moved"], 0, 0.05);
        Assert.Empty(page.Complaints);
    }

    /// <summary>Sheets, icons and scripts have names that say what is in them: who comes again asks for none, on any page.</summary>
    [Fact]
    public async Task Loading_SecondTime_AsksForNoFileThatHasNotChanged()
    {
        await using var board = await Board.StartAsync();
        await using var page = await browser.OpenAsync(board.Overview);
        await page.IsLiveAsync();

        await page.GoAsync(board.At("/monitoring/runs"));
        await page.IsLiveAsync();

        // What was asked of the server has a size, were it only to be told that nothing has changed.
        var files = await page.Page.EvaluateAsync<Dictionary<string, double>>(
            "Object.fromEntries(performance.getEntriesByType('resource').map(file => [new URL(file.name).pathname, file.transferSize]))");
        var kept = files.Where(file => file.Key.Contains("/css/", StringComparison.Ordinal) || file.Key.Contains("/icons.", StringComparison.Ordinal)
            || file.Key.Contains("/blazor.web.", StringComparison.Ordinal) || file.Key.Contains("/js/boot.", StringComparison.Ordinal)).ToList();
        Assert.True(kept.Count > 15, string.Join(' ', files.Keys));
        Assert.All(kept, file => Assert.True(file.Value == 0, $"{file.Key} was asked for again."));
        Assert.Empty(page.Complaints);
    }

    /// <summary>What is scrolled to, and what is typed into the shell, outlives the panels that come.</summary>
    [Fact]
    public async Task Loading_ScrolledAndTyped_StaysSo()
    {
        await using var board = await Board.StartAsync();
        await using var page = await browser.OpenAsync(board.At("/monitoring/about"));
        await page.Page.AddInitScriptAsync(
            """
            new MutationObserver((_, observer) => {
              if (!document.querySelector('.app[data-interactive]') || !document.querySelector('.later[aria-busy]')) { return; }
              observer.disconnect();
              requestAnimationFrame(() => {
                scrollTo(0, 300);
                const field = document.querySelector('input[name=text]');
                field.focus({ preventScroll: true });
                field.value = 'half a';
              });
            }).observe(document, { childList: true, subtree: true, attributes: true });
            """);
        await page.GoAsync(board.Overview);
        await page.IsLiveAsync();

        await Expect(page.Page.Locator("input[name=text]")).ToBeFocusedAsync();
        await Expect(page.Page.Locator("input[name=text]")).ToHaveValueAsync("half a");
        Assert.Equal(300, await page.Page.EvaluateAsync<int>("scrollY"));
    }

    /// <summary>Who has gone to a link of a panel that is drawn again stays there, and who has left one is not brought back.</summary>
    [Theory]
    [InlineData("", true)]
    [InlineData("document.activeElement.blur();", false)]
    public async Task Loading_FocusInAPanel_StaysWhereItWas(string then, bool stays)
    {
        await using var board = await Board.StartAsync();
        board.Api.Script();
        await using var page = await browser.OpenAsync(board.At("/monitoring/about"));
        await page.Page.AddInitScriptAsync(
            $$"""
            addEventListener('DOMContentLoaded', () => {
              window.chosen = [...document.querySelectorAll('.later a[href]')].findLast(link => link.checkVisibility());
              chosen.focus({ preventScroll: true });
              window.wasChosen = document.activeElement === chosen;
              {{then}}
            });
            """);
        await page.GoAsync(board.Overview);
        await page.IsLiveAsync();

        await Expect(page.Page.Locator(".later[aria-busy]")).ToHaveCountAsync(0);
        Assert.Equal("chosen, drawn again", await page.Page.EvaluateAsync<string>(
            "`${window.wasChosen ? 'chosen' : 'not chosen'}, ${window.chosen?.isConnected ? 'still there' : 'drawn again'}`"));
        Assert.Equal(stays, await page.Page.EvaluateAsync<bool>("document.activeElement.href === chosen.href"));
        Assert.Empty(page.Complaints);
    }
}
