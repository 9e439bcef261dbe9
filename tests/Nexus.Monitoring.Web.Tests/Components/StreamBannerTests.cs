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

        Assert.Contains("Stream lost 47\u00a0s ago.", banner.Find("b").TextContent, StringComparison.Ordinal);
        Assert.Contains("1795435391750-3", banner.Markup, StringComparison.Ordinal);
        Assert.Contains("next try in 6\u00a0s", banner.Markup, StringComparison.Ordinal);
        Assert.Contains("Connection refused", banner.Markup, StringComparison.Ordinal);
        banner.Find("button").Click();
        Assert.Equal(1, Feed.Retries);
    }

    [Fact]
    public void Render_StreamLost_WhatTicksIsNotAnnouncedAgainAndAgain()
    {
        var now = Clock.GetUtcNow();
        Feed.Status = new FeedStatus { Phase = FeedPhase.Reconnecting, AsOf = now.AddSeconds(-47), LostAt = now.AddSeconds(-47), NextTryAt = now.AddSeconds(6) };

        var alert = Render<StreamBanner>().Find("[role=alert]");

        foreach (var silent in alert.QuerySelectorAll("[aria-hidden=true]"))
        {
            silent.Remove();
        }

        Assert.DoesNotContain("47", alert.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("6\u00a0s", alert.TextContent, StringComparison.Ordinal);
        Assert.Contains("Stream lost", alert.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void ConnectionPill_Latency_IsOutsideWhatIsAnnounced()
    {
        Feed.Status = Feed.Status with { Latency = TimeSpan.FromMilliseconds(38) };

        var pill = Render<ConnectionPill>();

        Assert.Equal("live", pill.Find("[role=status]").TextContent);
        Assert.Contains("38\u00a0ms", pill.Markup, StringComparison.Ordinal);
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
