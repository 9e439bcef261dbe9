using Bunit;
using Nexus.Monitoring.Web.Components.Kit;
using Nexus.Monitoring.Web.Live;

namespace Nexus.Monitoring.Web.Tests.Components;

public sealed class AsOfTests : DashboardContext
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Render_StreamLostAfterTheFirstPicture_SaysWhenItWasLost()
    {
        Feed.Status = new() { Phase = FeedPhase.Live, AsOf = Noon };
        var asOf = Render<AsOf>();

        Feed.Status = new() { Phase = FeedPhase.Live, AsOf = Noon.AddMinutes(5) };
        Feed.Pulse();
        Feed.Status = new() { Phase = FeedPhase.Reconnecting, AsOf = Noon.AddMinutes(7) };
        Feed.Pulse();

        asOf.WaitForAssertion(() => Assert.Equal("as of 12:07:00", asOf.Find(".asof").TextContent));
    }
}
