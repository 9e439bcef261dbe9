using Nexus.Monitoring.Web.Components.Layout;
using Nexus.Monitoring.Web.Formatting;
using Nexus.Monitoring.Web.Live;

namespace Nexus.Monitoring.Web.Tests.Components;

public sealed class PillTextTests
{
    private static readonly FeedStatus Live = new() { Phase = FeedPhase.Live, AsOf = DateTimeOffset.UnixEpoch, Latency = TimeSpan.FromMilliseconds(38) };

    public static TheoryData<FeedStatus, bool, string> States => new()
    {
        { Live, false, "live 38 ms" },
        { Live with { Latency = null }, false, "live " },
        { Live with { Latency = TimeSpan.FromSeconds(4.2) }, false, "behind 4.2 s" },
        { Live, true, "paused 312 new" },
        { Live with { Phase = FeedPhase.Reconnecting, Attempt = 4 }, false, "reconnecting attempt 4" },
        { Live with { Phase = FeedPhase.Reconnecting, Attempt = 0 }, true, "reconnecting attempt 1" },
        { Live with { Phase = FeedPhase.Reconnecting, IsLogAway = true }, false, "no log waiting" },
        { Live with { Phase = FeedPhase.Connecting }, false, "connecting " },
    };

    [Theory]
    [MemberData(nameof(States))]
    public void Of_Status_SaysItInTwoWords(FeedStatus status, bool isPaused, string expected)
    {
        var (_, word, detail, title) = PillText.Of(status, isPaused, waiting: 312, Times.Utc);

        Assert.Equal(expected, $"{word} {detail}".Replace('\u00a0', ' '));
        Assert.NotEmpty(title);
    }
}
