using Nexus.Fanout.Clients;

namespace Nexus.Fanout.Tests.Clients;

public sealed class SequenceTrackerTests
{
    [Fact]
    public void Receive_EveryNumber_LosesNothing()
    {
        var tracker = Receive(step: 1, first: 0, 0, 1, 2, 3);

        Assert.Equal(0, tracker.Lost(0, 4));
        Assert.Equal(2, tracker.Lost(0, 6));
        Assert.Equal(4, tracker.Awaited(0));
    }

    [Fact]
    public void Receive_LateNumber_IsLateAndNotLost()
    {
        var tracker = Receive(step: 1, first: 0, 0, 3, 1, 2);

        Assert.Equal((0, 2, 0), (tracker.Lost(0, 4), tracker.Late, tracker.Duplicates));
    }

    [Fact]
    public void Receive_NumberTwice_IsADuplicateAndHidesNoLoss()
    {
        var tracker = Receive(step: 1, first: 0, 0, 1, 1, 0, 3);

        Assert.Equal((1, 0, 2), (tracker.Lost(0, 4), tracker.Late, tracker.Duplicates));
    }

    [Fact]
    public void Receive_FilteredClient_ExpectsItsOwnEventsOnly()
    {
        var tracker = Receive(step: 10, first: 3, 3, 13, 33);

        Assert.Equal(0, tracker.Lost(0, 3) + tracker.Foreign);
        Assert.Equal(1, tracker.Lost(0, 43));
        Assert.Equal(2, tracker.Lost(0, 44));
    }

    [Fact]
    public void Receive_EventThatTheFilterDoesNotMatch_IsForeign()
    {
        var tracker = Receive(step: 10, first: 3, 3, 4, 13);

        Assert.Equal((1, 0), (tracker.Foreign, tracker.Lost(0, 14)));
    }

    [Fact]
    public void Receive_ClientWhoseEventsAreUnknown_LearnsThemFromTheFirst()
    {
        var tracker = Receive(step: 10, first: null, 23, 33);

        Assert.Equal(2, tracker.Lost(0, 34));
        Assert.Equal(43, tracker.Awaited(0));
    }

    [Fact]
    public void Receive_MoreHolesThanAreRemembered_StillCountsEachLoss()
    {
        var tracker = Receive(step: 1, first: 0, 0, 100_000);

        Assert.Equal(99_999, tracker.Lost(0, 100_001));
    }

    private static SequenceTracker Receive(int step, int? first, params int[] numbers)
    {
        var tracker = new SequenceTracker(1, step, first is { } known ? _ => known : null);
        foreach (var number in numbers)
        {
            tracker.Receive(0, number);
        }

        Assert.Equal(numbers.Length, tracker.Delivered);
        return tracker;
    }
}
