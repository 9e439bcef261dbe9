using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.JSInterop;
using Nexus.Monitoring.Web.Api;
using Nexus.Monitoring.Web.Components.Palette;
using Nexus.Monitoring.Web.Search;
using Nexus.Monitoring.Web.Tests.Api;
using Nexus.Monitoring.Web.Tests.Interop;
using Nexus.Monitoring.Web.Views;

namespace Nexus.Monitoring.Web.Tests.Components;

public sealed class PaletteDialogTests : DashboardContext
{
    private readonly ScriptedBrowser _browser = new();
    private readonly AnsweringApi _api = new(_ => AnsweringApi.Cut());
    private readonly SharedViews _views;

    public PaletteDialogTests()
    {
        var reader = new ApiReader(_api);
        _views = new SharedViews(reader, Clock);
        Services.AddSingleton<IJSRuntime>(_browser);
        Services.AddSingleton(_views);
        Services.AddSingleton(new PlaceFinder(Feed, reader));
    }

    private string Place => Services.GetRequiredService<NavigationManager>().Uri;

    [Fact]
    public async Task Keys_UpAndDown_GoAroundWhatFits()
    {
        var palette = await OpenAsync("wrk");
        Assert.StartsWith("Workers", palette.Find("[role=option] b").TextContent, StringComparison.Ordinal);
        var last = palette.FindAll("[role=option]").Count - 1;

        await PressAsync(palette, "ArrowUp");
        Assert.Equal($"palette-{last}", palette.Find("input").GetAttribute("aria-activedescendant"));
        await PressAsync(palette, "ArrowDown");
        Assert.Equal("palette-0", palette.Find("input").GetAttribute("aria-activedescendant"));
        await PressAsync(palette, "Enter");

        Assert.EndsWith("/monitoring/workers", Place, StringComparison.Ordinal);
        Assert.Equal(1, _browser.Count("close"));
    }

    [Fact]
    public async Task Enter_ApiAndScriptsFail_LeadsToTheSearchNevertheless()
    {
        _browser.Failing = "import";
        var palette = await OpenAsync("4bf92f3577b34da6a3ce929d0e0e4736");

        await PressAsync(palette, "Enter");

        Assert.EndsWith("/monitoring/events?text=4bf92f3577b34da6a3ce929d0e0e4736", Place, StringComparison.Ordinal);
    }

    protected override void Dispose(bool disposing)
    {
        _views.Dispose();
        _api.Dispose();
        base.Dispose(disposing);
    }

    private async Task<IRenderedComponent<PaletteDialog>> OpenAsync(string text)
    {
        var palette = Render<PaletteDialog>();
        await palette.Find("dialog").TriggerEventAsync("ontoggle", EventArgs.Empty);
        await palette.Find("input").InputAsync(text);
        return palette;
    }

    private static Task PressAsync(IRenderedComponent<PaletteDialog> palette, string key) => palette.Find("input").KeyDownAsync(new KeyboardEventArgs { Key = key });
}
