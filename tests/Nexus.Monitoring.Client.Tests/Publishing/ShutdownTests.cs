using Nexus.Monitoring.Client.Publishing;
using Nexus.Monitoring.Contracts.Events;

namespace Nexus.Monitoring.Client.Tests.Publishing;

public sealed class ShutdownTests
{
    [Fact]
    public async Task Stop_EventsWaiting_AreSentFirst()
    {
        await using var fixture = new PublisherFixture();
        fixture.Publish([.. Enumerable.Range(0, 1_500).Select(i => $"{i}")]);
        fixture.Start();
        await fixture.StopAsync();

        Assert.Equal(1_500, fixture.Transport.Log.Count);
    }

    [Fact]
    public async Task Stop_LogAway_GivesUpAtTheDeadlineAndCountsWhatIsLost()
    {
        await using var fixture = new PublisherFixture(options => options.ShutdownFlush = TimeSpan.FromSeconds(3));
        fixture.Transport.IsAway = true;
        fixture.Publish("a", "b");
        fixture.Start();
        await fixture.Transport.AttemptAsync();
        fixture.Publish("c");

        var stopping = fixture.StopAsync();
        fixture.Time.Advance(TimeSpan.FromSeconds(2.9));
        Assert.False(stopping.IsCompleted);
        fixture.Time.Advance(TimeSpan.FromSeconds(0.1));
        await stopping.WaitAsync(Eventually.DefaultDeadline);

        var statistics = fixture.Publisher.Statistics;
        Assert.Equal((3, 0, 3), (statistics.Dropped[DropReasons.Shutdown], statistics.Pending, statistics.Accepted));
        Assert.Contains(fixture.Logs.GetSnapshot(), record => record.Id.Id == 1004);
    }

    [Fact]
    public async Task Publish_AfterStop_IsCounted()
    {
        await using var fixture = new PublisherFixture();
        fixture.Start();
        await fixture.StopAsync();
        fixture.Publish("late");

        Assert.Equal(1, fixture.Publisher.Statistics.Dropped[DropReasons.Shutdown]);
        Assert.Empty(fixture.Transport.Log);
    }

    [Fact]
    public async Task Flush_NothingPublished_IsTrueAtOnce()
    {
        await using var fixture = new PublisherFixture();

        Assert.True(await fixture.Publisher.FlushAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Flush_OneOfTheEventsIsDropped_IsFalse()
    {
        await using var fixture = new PublisherFixture(options => options.BufferCapacity = 16);
        fixture.Publish("a");
        var flush = fixture.Publisher.FlushAsync(TestContext.Current.CancellationToken).AsTask();
        fixture.Publish([.. Enumerable.Range(0, 16).Select(i => $"{i}")]);
        var later = fixture.Publisher.FlushAsync(TestContext.Current.CancellationToken).AsTask();
        fixture.Start();

        Assert.False(await flush);
        Assert.True(await later);
    }

    [Fact]
    public async Task Flush_LaterEventIsDropped_IsTrue()
    {
        await using var fixture = new PublisherFixture(options => options.BufferCapacity = 16);
        fixture.Publish("a");
        var flush = fixture.Publisher.FlushAsync(TestContext.Current.CancellationToken).AsTask();
        fixture.Publisher.Publish(null!);
        fixture.Start();

        Assert.True(await flush);
    }

    [Fact]
    public async Task Flush_Cancelled_IsFalseAndDoesNotThrow()
    {
        await using var fixture = new PublisherFixture();
        fixture.Publish("a");
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();

        Assert.False(await fixture.Publisher.FlushAsync(cancelled.Token));
    }

    [Fact]
    public async Task Disabled_EverythingAWorkerDoes_AllocatesNothing()
    {
        var publisher = new DisabledPublisher(TimeProvider.System);
        var e = publisher.NewEvent(EventTypes.TaskStarted);
        publisher.Publish(e);

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1_000; i++)
        {
            publisher.Publish(publisher.NewEvent(EventTypes.TaskStarted));
            await publisher.FlushAsync(CancellationToken.None);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(1_001, publisher.Statistics.Dropped[DropReasons.Disabled]);
    }

    [Fact]
    public async Task Publish_ReadyEvent_AllocatesLittleForTheCaller()
    {
        await using var fixture = new PublisherFixture(options => options.BufferCapacity = 1_000);
        var e = fixture.Publisher.NewEvent(EventTypes.TaskStarted) with { TaskId = "a" };
        for (var i = 0; i < 2_000; i++)
        {
            fixture.Publisher.Publish(e);
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 10_000; i++)
        {
            fixture.Publisher.Publish(e);
        }

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 64);
    }
}
