using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(Nexus.Web.Browser.Tests.BrowserFixture))]

namespace Nexus.Web.Browser.Tests;

/// <summary>One Chromium, the machine's own, for all tests; nothing is downloaded.</summary>
public sealed class BrowserFixture : IAsyncLifetime
{
    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome"];

    /// <summary>Milliseconds until what a page should show is given up; a machine that builds and tests at once is slow, not wrong.</summary>
    private const int Patience = 30_000;

    /// <summary>
    /// What a whole browser does for who sits in front of it. The first three load four hundred modules for each window, for what drops
    /// from an address bar that a test does not have. Chromium heeds only the last list, so those that Playwright would name follow.
    /// </summary>
    private static readonly string[] FeaturesToLeave =
    [
        "WebUIOmniboxPopup", "WebUIOmniboxAimPopup", "WebUIOmniboxFullPopup",
        "AimEnabled", "AvoidUnnecessaryBeforeUnloadCheckSync", "DestroyProfileOnBrowserClose", "DialMediaRouteProvider", "GlobalMediaControls",
        "HttpsUpgrades", "LensOverlay", "MediaRouter", "NetworkTimeServiceQuerying", "OptimizationHints", "PaintHolding",
        "ThirdPartyStoragePartitioning", "Translate",
    ];

    private static readonly string? Executable = Names.Select(ExecutablePath.Find).FirstOrDefault(path => path is not null);

    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public static bool IsInstalled => Executable is not null;

    /// <summary>For <c>Assert.SkipUnless(BrowserFixture.IsInstalled, BrowserFixture.WhyMissing)</c>.</summary>
    public static string WhyMissing => "No Chromium is on the PATH. Install it with: apt-get install -y chromium";

    public async ValueTask InitializeAsync()
    {
        if (!IsInstalled)
        {
            return;
        }

        Assertions.SetDefaultExpectTimeout(Patience);
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Executable,
            Args =
            [
                "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync",
                $"--disable-features={string.Join(',', FeaturesToLeave)}",
            ],
        });
    }

    /// <summary>A window of its own, with nothing remembered.</summary>
    public async Task<DashboardPage> OpenAsync(Uri address, int width = 1440, bool dark = false, int? height = null, string? timeZone = null)
    {
        Assert.SkipUnless(IsInstalled, WhyMissing);
        var context = await _browser!.NewContextAsync(new()
        {
            ViewportSize = new() { Width = width, Height = height ?? (width < 720 ? 844 : 900) },
            TimezoneId = timeZone,
            ColorScheme = dark ? ColorScheme.Dark : ColorScheme.Light,
            Permissions = ["clipboard-read", "clipboard-write"],
        });
        return await DashboardPage.OpenAsync(context, address);
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        _playwright?.Dispose();
    }
}
