using Nexus.Monitoring.Client.Reading;
using Nexus.Monitoring.Contracts.Frames;
using Nexus.Monitoring.Contracts.Log;

namespace Nexus.Monitoring.Client.Tests.Reading;

public sealed class StreamChainTests
{
    [Fact]
    public void Accept_FirstFrameWithoutACursor_BeginsTheChain()
    {
        var chain = new StreamChain(null);

        Assert.Single(Accept(chain, Frames.Events(5, 5, 5)));
        Assert.Equal(Frames.At(5), chain.Position);
    }

    [Fact]
    public void Accept_FramesThatChain_PassThrough()
    {
        var chain = new StreamChain(Frames.At(1));
        var first = Frames.Events(1, 3, 2, 3);
        var second = Frames.Events(3, 9);

        Assert.Equal([first], Accept(chain, first));
        Assert.Equal([second], Accept(chain, second));
        Assert.Equal(Frames.At(9), chain.Position);
    }

    [Fact]
    public void Accept_FrameBeginsLater_IsNotTaken()
    {
        var chain = new StreamChain(Frames.At(1));

        Assert.False(chain.TryAccept(Frames.Events(4, 6, 5), out var accepted));

        Assert.Empty(accepted);
        Assert.Equal(Frames.At(1), chain.Position);
    }

    [Fact]
    public void Accept_FrameBeginsLaterAgain_IsPrecededByANotice()
    {
        var chain = new StreamChain(Frames.At(1));
        var frame = Frames.Events(4, 6, 5);
        Assert.False(chain.TryAccept(frame, out _));
        chain.Begin();

        var accepted = Accept(chain, frame);

        Assert.Equal(new GapFrame { After = Frames.At(1), Upto = Frames.At(4), Reason = StreamGapReasons.ChainBroken }, accepted[0]);
        Assert.Equal(frame, accepted[1]);
    }

    [Fact]
    public void Accept_GapBeginsLater_IsOneFromWhereTheChainIs()
    {
        var chain = new StreamChain(Frames.At(1));
        var gap = new GapFrame { After = Frames.At(3), Upto = Frames.At(6), Reason = GapReasons.Retention };

        Assert.Equal([gap with { After = Frames.At(1) }], Accept(chain, gap));
    }

    /// <summary>The ping was wrong; what it counted as sent comes all the same, and is not thrown away as seen.</summary>
    [Fact]
    public void Accept_EventThatAPingCounted_IsNotLost()
    {
        var chain = new StreamChain(Frames.At(1));
        Accept(chain, new PingFrame { Cursor = Frames.At(5) });
        var frame = Frames.Events(1, 6, 4, 6);

        Assert.Equal([frame], Accept(chain, frame));
    }

    [Fact]
    public void Accept_ConnectionBeganAtAPing_ChainsForTheReader()
    {
        var chain = new StreamChain(Frames.At(1));
        Accept(chain, new PingFrame { Cursor = Frames.At(5) });
        chain.Begin();

        var accepted = Assert.IsType<EventsFrame>(Assert.Single(Accept(chain, Frames.Events(5, 7, 6))));

        Assert.Equal((Frames.At(1), Frames.At(7)), (accepted.After, accepted.Upto));
    }

    [Fact]
    public void Accept_IntervalBeginsAtAPing_IsNotTaken()
    {
        var chain = new StreamChain(Frames.At(1));
        Accept(chain, new PingFrame { Cursor = Frames.At(5) });

        Assert.False(chain.TryAccept(Frames.Events(5, 7, 6), out _));
    }

    [Fact]
    public void Accept_FrameOverlaps_LosesWhatWasSeen()
    {
        var chain = new StreamChain(Frames.At(5));

        var accepted = Assert.IsType<EventsFrame>(Assert.Single(Accept(chain, Frames.Events(3, 7, 4, 5, 6, 7))));

        Assert.Equal(Frames.At(5), accepted.After);
        Assert.Equal(["6", "7"], accepted.Events.Select(e => e.TaskId));
    }

    [Fact]
    public void Accept_FrameSeenBefore_IsLeftOut()
    {
        var chain = new StreamChain(Frames.At(5));

        Assert.Empty(Accept(chain, Frames.Events(3, 5, 4, 5)));
        Assert.Equal(Frames.At(5), chain.Position);
    }

    [Fact]
    public void Accept_Gap_MovesThePositionAlsoBackwards()
    {
        var chain = new StreamChain(Frames.At(5));
        var gap = new GapFrame { After = Frames.At(5), Upto = LogPosition.Start, Reason = GapReasons.LogReset };

        Assert.Equal([gap], Accept(chain, gap));
        Assert.Single(Accept(chain, Frames.Events(0, 1, 1)));
        Assert.Equal(Frames.At(1), chain.Position);
    }

    [Fact]
    public void Accept_Ping_MovesThePositionForwardsOnly()
    {
        var chain = new StreamChain(Frames.At(5));
        Accept(chain, new PingFrame { Cursor = Frames.At(3) });
        Assert.Equal(Frames.At(5), chain.Position);
        Accept(chain, new PingFrame { Cursor = Frames.At(8) });
        Assert.Equal(Frames.At(8), chain.Position);
    }

    private static IReadOnlyList<StreamFrame> Accept(StreamChain chain, StreamFrame frame)
    {
        Assert.True(chain.TryAccept(frame, out var accepted));
        return accepted;
    }
}
