using Bunit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.JSInterop;
using Nexus.Monitoring.Web.Api;
using Nexus.Monitoring.Web.Components.TimeBar;
using Nexus.Monitoring.Web.Formatting;
using Nexus.Monitoring.Web.Tests.Api;
using Nexus.Monitoring.Web.Tests.Interop;
using Nexus.Monitoring.Web.Tests.TimeMachine;
using Nexus.Monitoring.Web.TimeMachine;

namespace Nexus.Monitoring.Web.Tests.Components;

public sealed class TimeBarTests : DashboardContext
{
    private readonly AnsweringApi _api;
    private bool _isCut = true;

    public TimeBarTests()
    {
        Clock.SetUtcNow(new(2026, 11, 23, 23, 30, 0, TimeSpan.Zero));
        _api = new AnsweringApi(_ => _isCut ? AnsweringApi.Cut() : AnsweringApi.Json("""{"from":"2026-11-23T23:00:00Z","bucket_ms":60000,"events":[5],"failures":[1]}"""));
        Services.AddSingleton<IJSRuntime>(new ScriptedBrowser());
        Services.AddSingleton(new TimeView(new ScriptedTime([]), new TimeViewLimit(), Clock));
        Services.AddSingleton(new DensitySource(new ApiReader(_api), Clock));
    }

    [Fact]
    public async Task Ask_AnswerIsCut_SaysSoAndAsksAgain()
    {
        var bar = Render<TimeBar>();
        await bar.WaitForAssertionAsync(() => Assert.Contains("There is no history to draw.", bar.Markup, StringComparison.Ordinal));

        _isCut = false;
        await Eventually.IsTrueAsync(() =>
        {
            Clock.Advance(TimeSpan.FromSeconds(6));
            Feed.Pulse();
            return bar.FindAll("path.happened").Count == 1;
        }, "it is drawn");

        Assert.DoesNotContain("There is no history to draw.", bar.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void Render_ZoneOfTheViewer_IsNamedBesideItsDate()
    {
        Services.AddSingleton(new Times { Zone = TimeZoneInfo.FindSystemTimeZoneById("Asia/Kolkata") });

        var bar = Render<TimeBar>();

        Assert.Equal("05:00:00", bar.Find(".clk b").TextContent);
        Assert.Equal("24 Nov 2026, Kolkata", bar.Find(".clk small").TextContent);
    }

    protected override void Dispose(bool disposing)
    {
        _api.Dispose();
        base.Dispose(disposing);
    }
}
