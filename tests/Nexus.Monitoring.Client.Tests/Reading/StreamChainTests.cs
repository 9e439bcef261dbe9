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

        Assert.Single(chain.Accept(Frames.Events(5, 5, 5)));
        Assert.Equal(Frames.At(5), chain.Position);
    }

    [Fact]
    public void Accept_FramesThatChain_PassThrough()
    {
        var chain = new StreamChain(Frames.At(1));
        var first = Frames.Events(1, 3, 2, 3);
        var second = Frames.Events(3, 9);

        Assert.Equal([first], chain.Accept(first));
        Assert.Equal([second], chain.Accept(second));
        Assert.Equal(Frames.At(9), chain.Position);
    }

    [Fact]
    public void Accept_FrameBeginsLater_IsPrecededByANotice()
    {
        var chain = new StreamChain(Frames.At(1));
        var frame = Frames.Events(4, 6, 5);

        var accepted = chain.Accept(frame).ToList();

        Assert.Equal(new GapFrame { After = Frames.At(1), Upto = Frames.At(4), Reason = StreamGapReasons.ChainBroken }, accepted[0]);
        Assert.Equal(frame, accepted[1]);
    }

    [Fact]
    public void Accept_FrameOverlaps_LosesWhatWasSeen()
    {
        var chain = new StreamChain(Frames.At(5));

        var accepted = Assert.IsType<EventsFrame>(Assert.Single(chain.Accept(Frames.Events(3, 7, 4, 5, 6, 7))));

        Assert.Equal(Frames.At(5), accepted.After);
        Assert.Equal(["6", "7"], accepted.Events.Select(e => e.TaskId));
    }

    [Fact]
    public void Accept_FrameSeenBefore_IsLeftOut()
    {
        var chain = new StreamChain(Frames.At(5));

        Assert.Empty(chain.Accept(Frames.Events(3, 5, 4, 5)));
        Assert.Equal(Frames.At(5), chain.Position);
    }

    [Fact]
    public void Accept_Gap_MovesThePositionAlsoBackwards()
    {
        var chain = new StreamChain(Frames.At(5));
        var gap = new GapFrame { After = Frames.At(5), Upto = LogPosition.Start, Reason = GapReasons.LogReset };

        Assert.Equal([gap], chain.Accept(gap));
        Assert.Single(chain.Accept(Frames.Events(0, 1, 1)));
        Assert.Equal(Frames.At(1), chain.Position);
    }

    [Fact]
    public void Accept_Ping_MovesThePositionForwardsOnly()
    {
        var chain = new StreamChain(Frames.At(5));
        chain.Accept(new PingFrame { Cursor = Frames.At(3) });
        Assert.Equal(Frames.At(5), chain.Position);
        chain.Accept(new PingFrame { Cursor = Frames.At(8) });
        Assert.Equal(Frames.At(8), chain.Position);
    }
}
