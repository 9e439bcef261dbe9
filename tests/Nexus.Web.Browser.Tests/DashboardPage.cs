using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace Nexus.Web.Browser.Tests;

/// <summary>The dashboard in a browser, in the words of those who look at it.</summary>
public sealed class DashboardPage : IAsyncDisposable
{
    private const int HighestPicture = 3_600;

    private readonly IBrowserContext _context;
    private readonly ConcurrentQueue<string> _complaints = [];

    private DashboardPage(IBrowserContext context, IPage page)
    {
        _context = context;
        Page = page;
        page.Console += (_, message) =>
        {
            if (message.Type == "error")
            {
                _complaints.Enqueue(message.Text);
            }
        };
        page.PageError += (_, problem) => _complaints.Enqueue(problem);
    }

    public IPage Page { get; }

    /// <summary>Errors in the browser's console, violations of the content security policy among them.</summary>
    public IReadOnlyCollection<string> Complaints => _complaints;

    public ILocator Pill => Page.Locator(".topbar .pill");

    public ILocator Banner => Page.Locator(".banner:visible");

    public ILocator TailRows => Page.Locator("li.tail");

    public static async Task<DashboardPage> OpenAsync(IBrowserContext context, Uri address)
    {
        var dashboard = new DashboardPage(context, await context.NewPageAsync());
        await dashboard.GoAsync(address);
        return dashboard;
    }

    /// <summary>Goes there as from a bookmark, and waits until what is shown can be used: what was drawn before that takes no clicks.</summary>
    public async Task GoAsync(Uri address)
    {
        await Page.GotoAsync(address.ToString());
        await IsInteractiveAsync();
    }

    public async Task ReloadAsync()
    {
        await Page.ReloadAsync();
        await IsInteractiveAsync();
    }

    /// <summary>The stream is live, and what takes keys does.</summary>
    public async Task IsLiveAsync()
    {
        await Assertions.Expect(Pill).ToContainTextAsync("live");
        await Assertions.Expect(Page.Locator("[data-query]:not([data-ready])")).ToHaveCountAsync(0);
    }

    public Task IsStaleAsync() => Assertions.Expect(Page.Locator(".app.is-stale")).ToBeAttachedAsync();

    /// <summary>A canvas has been painted from data.</summary>
    public Task ChartsAreDrawnAsync() => Assertions.Expect(Page.Locator(".chart[data-drawn]")).ToHaveCountAsync(4);

    public Task<int> ScrollWidthAsync() => Page.EvaluateAsync<int>("document.documentElement.scrollWidth");

    public async Task<string> StyleAsync(string selector, string property) =>
        await Page.Locator(selector).First.EvaluateAsync<string>("(element, property) => getComputedStyle(element)[property]", property);

    /// <summary>
    /// For eyes: under artifacts/screenshots, which git ignores. The window is made as high as the page, so that the bar at its foot is at its foot.
    /// </summary>
    public async Task PhotographAsync(string name)
    {
        var size = Page.ViewportSize!;
        var height = await Page.EvaluateAsync<int>("document.documentElement.scrollHeight");
        await Page.SetViewportSizeAsync(size.Width, Math.Clamp(height, size.Height, HighestPicture));
        await Page.ScreenshotAsync(new() { Path = Path.Combine(RepositoryRoot.Path, "artifacts", "screenshots", $"{name}.png") });
        await Page.SetViewportSizeAsync(size.Width, size.Height);
    }

    private async Task IsInteractiveAsync()
    {
        await Assertions.Expect(Page.Locator(".app[data-interactive]")).ToBeAttachedAsync();
        await Assertions.Expect(Page.Locator(".later[aria-busy]")).ToHaveCountAsync(0);
    }

    public ValueTask DisposeAsync() => _context.DisposeAsync();
}
