using System.Diagnostics;
using Bunit;
using Nexus.Monitoring.Web.Components.Layout;

namespace Nexus.Monitoring.Web.Tests.Components;

public sealed class LiveComponentTests : DashboardContext
{
    [Fact]
    public async Task Pulse_SeveralChangesWithinAnInterval_AreOneRender()
    {
        var pill = Render<ConnectionPill>();
        await ShowsAsync(pill, 3);
        var renders = pill.RenderCount;

        Lag(4);
        Feed.Pulse();
        Feed.Pulse();
        await ShowsAsync(pill, 5);

        Assert.Equal(renders + 1, pill.RenderCount);
    }

    [Fact]
    public async Task Pulse_NothingNew_RendersNothing()
    {
        var pill = Render<ConnectionPill>();
        await ShowsAsync(pill, 3);
        var renders = pill.RenderCount;

        for (var i = 0; i < 10; i++)
        {
            Clock.Advance(TimeSpan.FromSeconds(1));
            Feed.Pulse();
        }

        await ShowsAsync(pill, 4);
        Assert.Equal(renders + 1, pill.RenderCount);
    }

    [Fact]
    public async Task Pulse_PageHidden_RendersNothingUntilItIsSeenAgain()
    {
        var pill = Render<ConnectionPill>();
        await ShowsAsync(pill, 3);
        var renders = pill.RenderCount;

        Visibility.IsVisible = false;
        for (var i = 4; i < 9; i++)
        {
            Lag(i);
            Clock.Advance(TimeSpan.FromSeconds(1));
            Feed.Pulse();
        }

        Visibility.IsVisible = true;
        await ShowsAsync(pill, 9);
        Assert.Equal(renders + 1, pill.RenderCount);
    }

    [Fact]
    public async Task Dispose_Pulses_AreNotHeardAnyMore()
    {
        var pill = Render<ConnectionPill>();
        await ShowsAsync(pill, 3);
        Assert.Equal(1, Feed.Listeners);

        await DisposeComponentsAsync();

        Assert.Equal(0, Feed.Listeners);
    }

    private void Lag(int seconds) => Feed.Status = Feed.Status with { Latency = TimeSpan.FromSeconds(seconds) };

    /// <summary>
    /// A lag of so many seconds appears at the next pulse after the interval. One that comes before the last look is over is not heard, so it is
    /// repeated; but not before there was time to draw it, because a look that is still to come would see what the test says next.
    /// </summary>
    private async Task ShowsAsync(IRenderedComponent<ConnectionPill> pill, int seconds)
    {
        Lag(seconds);
        var pulsed = 0L;
        await Eventually.IsTrueAsync(() =>
        {
            if (pulsed == 0 || Stopwatch.GetElapsedTime(pulsed) > TimeSpan.FromSeconds(2))
            {
                pulsed = Stopwatch.GetTimestamp();
                Clock.Advance(TimeSpan.FromSeconds(1));
                Feed.Pulse();
            }

            return pill.Markup.Contains($"{seconds}.0", StringComparison.Ordinal);
        }, $"the pill says {seconds} s");
    }
}
