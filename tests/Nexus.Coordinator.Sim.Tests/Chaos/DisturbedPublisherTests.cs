using Microsoft.Extensions.Time.Testing;
using Nexus.Coordinator.Sim.Chaos;

namespace Nexus.Coordinator.Sim.Tests.Chaos;

public sealed class DisturbedPublisherTests
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 23, 12, 0, 0, TimeSpan.Zero));
    private readonly RecordingPublisher _sent;
    private readonly SkewedClock _clock;
    private readonly DisturbedPublisher _publisher;

    public DisturbedPublisherTests()
    {
        _sent = new RecordingPublisher(_time);
        _clock = new SkewedClock(_time);
        _publisher = new DisturbedPublisher(_sent, _clock, _time);
    }

    [Fact]
    public void Publish_Undisturbed_PassesEachEventOnOnce()
    {
        Publish("a", "b");

        Assert.Equal(["a", "b"], Types());
    }

    [Fact]
    public void Duplicate_ForAWhile_SendsTheSameIdTwiceAndStopsByItself()
    {
        _publisher.Duplicate(TimeSpan.FromSeconds(5));
        Publish("a");
        _time.Advance(TimeSpan.FromSeconds(5));
        Publish("b");

        Assert.Equal(["a", "a", "b"], Types());
        Assert.Equal(_sent.Events[0].EventId, _sent.Events[1].EventId);
    }

    [Fact]
    public void Reorder_HoldsAWindowAndLosesNothing()
    {
        _publisher.Reorder(TimeSpan.FromMilliseconds(500), TimeSpan.FromSeconds(5));
        string[] all = [.. Enumerable.Range(0, 100).Select(i => $"e{i}")];
        Publish(all);
        Assert.Empty(_sent.Events);
        _time.Advance(TimeSpan.FromMilliseconds(500));

        Assert.NotEqual(all, Types());
        Assert.Equal(all.Order(), Types().Order());
        _time.Advance(TimeSpan.FromSeconds(5));
        Publish("last");
        Assert.Equal("last", Types()[^1]);
    }

    [Fact]
    public async Task FlushAsync_WhileReordering_LetsGoWhatIsHeld()
    {
        _publisher.Reorder(TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(50));
        Publish("a");
        await _publisher.FlushAsync(TestContext.Current.CancellationToken);

        Assert.Equal(["a"], Types());
    }

    [Theory]
    [InlineData(-300)]
    [InlineData(7_200)]
    public void Skew_MovesTheDateOfEventsAndNoElapsedTime(int seconds)
    {
        var began = _publisher.TimeProvider.GetTimestamp();
        _clock.Skew(TimeSpan.FromSeconds(seconds), TimeSpan.FromSeconds(60));
        _time.Advance(TimeSpan.FromSeconds(10));

        Assert.Equal(_time.GetUtcNow().AddSeconds(seconds), _publisher.NewEvent("a").Timestamp);
        Assert.Equal(TimeSpan.FromSeconds(10), _publisher.TimeProvider.GetElapsedTime(began));
        _time.Advance(TimeSpan.FromSeconds(50));
        Assert.Equal(_time.GetUtcNow(), _publisher.NewEvent("a").Timestamp);
    }

    private void Publish(params string[] types)
    {
        foreach (var type in types)
        {
            _publisher.Publish(_publisher.NewEvent(type));
        }
    }

    private List<string> Types() => [.. _sent.Events.Select(e => e.EventType)];
}
