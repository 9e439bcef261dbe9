using Nexus.Monitoring.Client.Publishing;
using Nexus.Monitoring.Contracts.Events;

namespace Nexus.Monitoring.Client.Tests.Publishing;

public sealed class OutageTests
{
    [Fact]
    public async Task Publish_LogAwayForAnHour_LosesNothingThatFitsTheBuffer()
    {
        await using var fixture = new PublisherFixture();
        fixture.Transport.IsAway = true;
        fixture.Start();
        fixture.Publish("first");
        await fixture.Transport.AttemptAsync();
        for (var minute = 0; minute < 60; minute++)
        {
            fixture.Publish($"{minute}");
            fixture.Time.Advance(TimeSpan.FromMinutes(1));
        }

        fixture.Transport.IsAway = false;
        await KeepTryingAsync(fixture);

        Assert.Equal(["first", .. Enumerable.Range(0, 60).Select(i => $"{i}")], fixture.TaskIds);
        Assert.Equal(0, fixture.Publisher.Statistics.DroppedTotal);
    }

    [Fact]
    public async Task Publish_LogAway_WarnsOnceAfterTheConfiguredAttemptsAndSaysWhenItIsBack()
    {
        await using var fixture = new PublisherFixture(options => options.RetryAttempts = 2);
        fixture.Transport.IsAway = true;
        fixture.Start();
        fixture.Publish("a");
        for (var attempt = 1; attempt <= 5; attempt++)
        {
            await Eventually.IsTrueAsync(
                () =>
                {
                    // Less than any delay between two attempts, so that none is passed over.
                    fixture.Time.Advance(TimeSpan.FromSeconds(0.1));
                    return Count(fixture, 1000) == attempt;
                },
                $"attempt {attempt} fails");
            await Eventually.IsTrueAsync(() => Count(fixture, 1001) == (attempt > 2 ? 1 : 0), "the warning comes with the third failure");
        }

        fixture.Transport.IsAway = false;
        await KeepTryingAsync(fixture);
        await Eventually.IsTrueAsync(() => Count(fixture, 1002) == 1, "the end is logged");
        Assert.Equal(1, Count(fixture, 1001));
    }

    [Fact]
    public async Task Publish_Overflow_DropsOldestHeartbeatsAndStatsFirstThenOldestOthers()
    {
        await using var fixture = new PublisherFixture(options => options.BufferCapacity = 16);
        fixture.PublishAs(EventTypes.WorkerHeartbeat, "h1", "h2");
        fixture.PublishAs(EventTypes.StatsSnapshot, "s1");
        fixture.Publish([.. Enumerable.Range(1, 15).Select(i => $"t{i}")]);
        fixture.PublishAs(EventTypes.QueueDepthUpdate, "q1");
        fixture.Publish("t16", "t17");
        fixture.PublishAs(EventTypes.WorkerHeartbeat, "h3");
        fixture.Start();
        await Eventually.IsTrueAsync(() => fixture.Publisher.Statistics.Pending == 0, "nothing waits");

        Assert.Equal(Enumerable.Range(2, 16).Select(i => $"t{i}"), fixture.TaskIds.Where(id => id is not null));
        Assert.Equal(6, fixture.Publisher.Statistics.Dropped[DropReasons.Overflow]);
    }

    [Fact]
    public async Task Publish_AfterDrops_ReportsThemByReasonAtTheHeadOfTheNextBatch()
    {
        await using var fixture = new PublisherFixture(options => options.BufferCapacity = 16);
        fixture.Publish([.. Enumerable.Range(0, 20).Select(i => $"{i}")]);
        fixture.Publisher.Publish(null!);
        fixture.Start();
        await fixture.FlushAsync();

        var report = fixture.Transport.Log[0];
        Assert.Equal(EventTypes.PublisherDropped, report.EventType);
        Assert.Equal("tests/1", report.Source);
        Assert.Equal([KeyValuePair.Create(DropReasons.Overflow, 4L), KeyValuePair.Create(DropReasons.Invalid, 1L)], report.Counts!);
        Assert.Equal("5 events could not be sent: overflow 4, invalid 1.", report.Message);
    }

    [Fact]
    public async Task Publish_DropsKeepComing_AreReportedAtMostOnceASecondAndOnlyOnce()
    {
        await using var fixture = new PublisherFixture();
        fixture.Start();
        fixture.Publisher.Publish(null!);
        await Eventually.IsTrueAsync(() => fixture.Transport.Log.Count == 1, "the first report arrives");
        fixture.Publisher.Publish(null!);
        fixture.Publish("a");
        await fixture.FlushAsync();
        Assert.Single(fixture.Transport.Log, e => e.EventType == EventTypes.PublisherDropped);

        await Eventually.IsTrueAsync(
            () =>
            {
                fixture.Time.Advance(TimeSpan.FromSeconds(1));
                return fixture.Transport.Log.Count == 3;
            },
            "the second report arrives without any event");
        Assert.Equal([1, 1], fixture.Transport.Log.Where(e => e.EventType == EventTypes.PublisherDropped).Select(e => e.Counts!["invalid"]));
    }

    [Fact]
    public async Task Publish_DropsDuringAnOutage_AreMeasuredAtOnce()
    {
        await using var fixture = new PublisherFixture(options => options.BufferCapacity = 16);
        using var dropped = fixture.Collect<long>("nexus.monitoring.publisher.dropped");
        fixture.Publish([.. Enumerable.Range(0, 20).Select(i => $"{i}")]);

        Assert.Equal(4, dropped.GetMeasurementSnapshot().Sum(measurement => measurement.Value));
        Assert.All(dropped.GetMeasurementSnapshot(), measurement => Assert.Equal("overflow", measurement.Tags["reason"]));
    }

    [Fact]
    public async Task Publish_Sent_IsMeasuredWithMessagingConventions()
    {
        await using var fixture = new PublisherFixture();
        using var sent = fixture.Collect<long>("messaging.client.sent.messages");
        using var duration = fixture.Collect<double>("messaging.client.operation.duration");
        using var pending = fixture.Collect<long>("nexus.monitoring.publisher.pending");
        fixture.Publish("a", "b");
        pending.RecordObservableInstruments();
        Assert.Equal(2, pending.LastMeasurement!.Value);

        fixture.Start();
        await fixture.FlushAsync();

        Assert.Equal(2, sent.LastMeasurement!.Value);
        Assert.Equal("nexus:events:log", sent.LastMeasurement.Tags["messaging.destination.name"]);
        Assert.Equal("fake", sent.LastMeasurement.Tags["messaging.system"]);
        Assert.Single(duration.GetMeasurementSnapshot());
    }

    /// <summary>Time passes until everything is sent.</summary>
    private static async Task KeepTryingAsync(PublisherFixture fixture) => await Eventually.IsTrueAsync(
        () =>
        {
            fixture.Time.Advance(TimeSpan.FromSeconds(5));
            return fixture.Publisher.Statistics.Pending == 0;
        },
        "everything is sent");

    private static int Count(PublisherFixture fixture, int eventId) => fixture.Logs.GetSnapshot().Count(record => record.Id.Id == eventId);
}
