using Nexus.Fanout.Publishing;

namespace Nexus.Fanout.Tests.Publishing;

public sealed class PaceTests
{
    [Fact]
    public void Window_UnreadEvents_LimitWhatMayBeSent()
    {
        using var window = new Window(size: 100, batch: 32);

        Assert.Equal(60, window.Allowed(0, 40));
        window.Advance(30);
        Assert.Equal(90, window.Allowed(0, 40));
        Assert.Equal(0, window.Allowed(0, 130));
    }

    [Fact]
    public void Rate_TimePassed_SaysHowManyAreDue()
    {
        var rate = new Rate(eventsPerSecond: 1000, start: 5_000);

        Assert.Equal(0, rate.Allowed(5_999, 0));
        Assert.Equal(1, rate.Allowed(6_000, 0));
        Assert.Equal(10, rate.Allowed(25_000, 10));
        Assert.Equal(9_000, rate.WorstDelay);
    }
}
