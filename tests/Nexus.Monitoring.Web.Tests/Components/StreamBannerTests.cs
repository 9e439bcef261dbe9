using Bunit;
using Nexus.Monitoring.Contracts.Frames;
using Nexus.Monitoring.Contracts.Log;
using Nexus.Monitoring.Web.Components.Layout;
using Nexus.Monitoring.Web.Live;

namespace Nexus.Monitoring.Web.Tests.Components;

public sealed class StreamBannerTests : DashboardContext
{
    [Fact]
    public void Render_AllIsWell_IsNotThere() => Assert.Empty(Render<StreamBanner>().Markup.Trim());

    [Fact]
    public void Render_StreamLost_SaysSinceWhenFromWhereAndTriesOnRequest()
    {
        var now = Clock.GetUtcNow();
        Feed.Status = new FeedStatus
        {
            Phase = FeedPhase.Reconnecting,
            AsOf = now.AddSeconds(-47),
            LostAt = now.AddSeconds(-47),
            NextTryAt = now.AddSeconds(6),
            Position = new LogPosition(1795435391750, 3),
            Problem = "Connection refused",
        };

        var banner = Render<StreamBanner>();

        Assert.Contains("Stream lost 47\u00a0s ago.", banner.Markup, StringComparison.Ordinal);
        Assert.Contains("1795435391750-3", banner.Markup, StringComparison.Ordinal);
        Assert.Contains("next try in 6\u00a0s", banner.Markup, StringComparison.Ordinal);
        Assert.Contains("Connection refused", banner.Markup, StringComparison.Ordinal);
        banner.Find("button").Click();
        Assert.Equal(1, Feed.Retries);
    }

    [Fact]
    public void Render_Gap_IsStatedUntilDismissed()
    {
        Feed.Gap = new FeedGap(
            new GapFrame { After = new(1, 0), Upto = new(9, 0), Missed = 4096, Reason = GapReasons.SlowConsumer }, Clock.GetUtcNow());

        var banner = Render<StreamBanner>();

        Assert.Contains("4\u202f096 events are missing.", banner.Markup, StringComparison.Ordinal);
        Assert.Contains("fell too far behind", banner.Markup, StringComparison.Ordinal);
        banner.Find("button").Click();
        Assert.Empty(banner.Markup.Trim());
    }
}
