using Nexus.Monitoring.Api.Streaming;
using Nexus.Monitoring.Api.Tests.Fixtures;
using Nexus.Monitoring.Contracts.Filters;
using Nexus.Monitoring.Contracts.Frames;
using Nexus.Monitoring.Contracts.Log;

namespace Nexus.Monitoring.Api.Tests.Streaming;

public sealed class SharedFramesTests
{
    private static readonly EventsEncoding Encoding = new();

    /// <summary>Each frame leads to the ring that it was read from, 64 MB of a log that is gone.</summary>
    [Fact]
    public async Task Restart_FramesOfTheRingOfBefore_AreLetGoOfAndNotTakenAgain()
    {
        await using var tailed = await TailedLog.StartAsync();
        var feed = tailed.Feed;
        var cohort = feed.Join(EventFilter.All, feed.NewSignal());
        var old = feed.Ring;
        feed.SharedFrames.Add(cohort, Encoding, At(0), Frame(old, 1));
        Assert.True(feed.SharedFrames.TryGet(cohort, Encoding, At(0), out _));

        feed.Restart(At(5), GapReasons.LogReset);
        feed.SharedFrames.Add(cohort, Encoding, At(1), Frame(old, 2));
        feed.SharedFrames.Add(cohort, Encoding, At(5), Frame(feed.Ring, 6));

        Assert.False(feed.SharedFrames.TryGet(cohort, Encoding, At(0), out _));
        Assert.False(feed.SharedFrames.TryGet(cohort, Encoding, At(1), out _));
        Assert.True(feed.SharedFrames.TryGet(cohort, Encoding, At(5), out _));
    }

    private static LogPosition At(ulong number) => new(number, 0);

    private static SharedFrame Frame(EventRing ring, ulong upto) => new(new ReaderPlace(ring, 0), At(upto), 1, [1]);
}
