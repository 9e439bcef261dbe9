using System.Diagnostics;
using System.Text.Json;
using Nexus.Monitoring.Client.Publishing;
using Nexus.Monitoring.Contracts.Events;
using Nexus.Monitoring.Contracts.Log;

namespace Nexus.Monitoring.Client.Tests.Publishing;

public sealed class PublishTests
{
    [Fact]
    public async Task Publish_SeveralKinds_ArriveInTheOrderOfTheCalls()
    {
        await using var fixture = new PublisherFixture();
        for (var i = 0; i < 2_000; i++)
        {
            fixture.PublishAs(i % 3 == 0 ? EventTypes.WorkerHeartbeat : EventTypes.TaskStarted, $"{i}");
        }

        fixture.Start();
        await fixture.FlushAsync();

        Assert.Equal(Enumerable.Range(0, 2_000).Select(i => $"{i}"), fixture.TaskIds);
    }

    [Fact]
    public async Task Publish_BareEvent_IsStampedWithIdTimeAndSource()
    {
        await using var fixture = new PublisherFixture();
        fixture.Start();
        var published = fixture.Time.GetUtcNow();

        fixture.Publisher.Publish(new MonitoringEvent { EventId = "", Timestamp = default, EventType = "custom", Cursor = "1-1" });
        fixture.Time.Advance(TimeSpan.FromMinutes(1));
        await fixture.FlushAsync();

        var e = Assert.Single(fixture.Transport.Log);
        Assert.Equal(published, e.Timestamp);
        Assert.Equal("tests/1", e.Source);
        Assert.Null(e.Cursor);
        Assert.Equal(7, Guid.Parse(e.EventId).Version);
    }

    [Fact]
    public async Task Publish_WithinAnActivity_TakesItsIdsAtTheCall()
    {
        await using var fixture = new PublisherFixture();
        using var parent = new Activity("parent").Start();
        using (var activity = new Activity("work").Start())
        {
            fixture.Publish("inside");
            fixture.Publisher.Publish(fixture.Publisher.NewEvent("custom") with { TraceId = "given" });
        }

        fixture.Start();
        await fixture.FlushAsync();

        var inside = fixture.Transport.Log[0];
        Assert.Equal(parent.TraceId.ToHexString(), inside.TraceId);
        Assert.Equal(parent.SpanId.ToHexString(), inside.ParentSpanId);
        Assert.NotEqual(parent.SpanId.ToHexString(), inside.SpanId);
        Assert.Equal(("given", null), (fixture.Transport.Log[1].TraceId, fixture.Transport.Log[1].SpanId));
    }

    [Fact]
    public async Task Publish_CallerChangesItsObjectsAfterwards_SendsWhatTheyWere()
    {
        await using var fixture = new PublisherFixture();
        var counts = new Dictionary<string, long> { ["total"] = 1 };
        using (var meta = JsonDocument.Parse("""{"a":1}"""))
        {
            fixture.Publisher.Publish(fixture.Publisher.NewEvent("custom") with { Counts = counts, Meta = meta.RootElement });
        }

        counts["total"] = 2;
        counts["more"] = 3;
        fixture.Start();
        await fixture.FlushAsync();

        var e = Assert.Single(fixture.Transport.Log);
        Assert.Equal([KeyValuePair.Create("total", 1L)], e.Counts!);
        Assert.Equal(1, e.Meta!.Value.GetProperty("a").GetInt32());
    }

    [Fact]
    public async Task Publish_Garbage_NeverThrowsAndCountsEachAsInvalid()
    {
        await using var fixture = new PublisherFixture();
        var disposed = JsonDocument.Parse("{}");
        disposed.Dispose();
        var good = fixture.Publisher.NewEvent("custom");

        fixture.Publisher.Publish(null!);
        fixture.Publisher.Publish(good with { EventType = null! });
        fixture.Publisher.Publish(good with { EventType = "" });
        fixture.Publisher.Publish(good with { Meta = default(JsonElement) });
        fixture.Publisher.Publish(good with { Meta = disposed.RootElement });
        fixture.Publisher.Publish(good with { Meta = JsonElement.Parse("[1]") });
        fixture.Publisher.Publish(good with { Counts = new BrokenCounts() });
        fixture.Publisher.Publish(good with { DurationMs = -1 });
        fixture.Publisher.Publish(good with { RetryCount = -1 });
        fixture.Publisher.Publish(good with { Message = "lone \ud800 surrogate", TaskId = "\0" });
        fixture.Start();
        await Eventually.IsTrueAsync(() => fixture.Publisher.Statistics.Pending == 0, "nothing waits");

        var statistics = fixture.Publisher.Statistics;
        Assert.Equal(9, statistics.Dropped[DropReasons.Invalid]);
        Assert.Equal("lone \ufffd surrogate", Assert.Single(fixture.Transport.Log, e => e.EventType == "custom").Message);
    }

    [Fact]
    public async Task Publish_TooLargeInEveryPart_IsCountedAndTheRestArrives()
    {
        await using var fixture = new PublisherFixture(options => options.MaxEventSizeBytes = 600);
        fixture.Publish(new string('x', 1_000));
        fixture.Publish("fits");
        fixture.Start();
        await Eventually.IsTrueAsync(() => fixture.Publisher.Statistics.Pending == 0, "nothing waits");

        Assert.Equal(1, fixture.Publisher.Statistics.Dropped[DropReasons.TooLarge]);
        Assert.Contains("fits", fixture.TaskIds);
    }

    [Fact]
    public async Task Publish_RefusedByTheReceiver_IsCountedAndReported()
    {
        await using var fixture = new PublisherFixture();
        fixture.Transport.Refuses.Add("bad");
        fixture.PublishAs("bad", "1");
        fixture.PublishAs("good", "2");
        fixture.Start();
        await Eventually.IsTrueAsync(() => fixture.Transport.Log.Any(e => e.EventType == EventTypes.PublisherDropped), "the report arrives");

        Assert.Equal(1, fixture.Publisher.Statistics.Dropped[DropReasons.Rejected]);
        Assert.Equal("2", fixture.Transport.Log[0].TaskId);
    }

    [Fact]
    public async Task Publish_ManyLargeEvents_AreSplitByBytesAndStayInOrder()
    {
        await using var fixture = new PublisherFixture();
        var ids = Enumerable.Range(0, 600).Select(i => $"{i}").ToArray();
        foreach (var id in ids)
        {
            fixture.Publisher.Publish(fixture.Publisher.NewEvent("custom") with { TaskId = id, Message = new string('m', 9_000) });
        }

        fixture.Start();
        await fixture.FlushAsync();

        Assert.Equal(ids, fixture.TaskIds);
        Assert.All(fixture.Transport.BatchSizes, size => Assert.True(size * 9_000 <= 1_000_000));
    }

    [Fact]
    public async Task OnPublished_EachBatch_NamesItsEventsAndPositions()
    {
        var observer = new PublishedEvents();
        await using var fixture = new PublisherFixture(null, new ThrowingObserver(), observer);
        fixture.Publish("a", "b");
        fixture.Start();
        await fixture.FlushAsync();
        await Eventually.IsTrueAsync(() => observer.All.Count == 2, "the observer knows");

        Assert.Equal(fixture.Transport.Log.Select(e => e.EventId), observer.All.Select(e => e.EventId));
        Assert.Equal([new LogPosition(1, 0), new LogPosition(1, 1)], observer.All.Select(e => e.Position!.Value));
        Assert.Contains(fixture.Logs.GetSnapshot(), record => record.Id.Id == 1005);
    }

    [Fact]
    public async Task Statistics_Always_AddUp()
    {
        await using var fixture = new PublisherFixture(options => options.BufferCapacity = 16);
        fixture.Transport.Hold();
        fixture.Start();
        fixture.Publish([.. Enumerable.Range(0, 50).Select(i => $"{i}")]);
        fixture.Publisher.Publish(null!);
        AddsUp(fixture.Publisher.Statistics);

        fixture.Transport.Release();
        await Eventually.IsTrueAsync(() => fixture.Publisher.Statistics.Pending == 0, "nothing waits");
        AddsUp(fixture.Publisher.Statistics);
    }

    private static void AddsUp(PublisherStatistics statistics) =>
        Assert.Equal(statistics.Accepted, statistics.Sent + statistics.DroppedTotal + statistics.Pending);

    private sealed class ThrowingObserver : IPublishObserver
    {
        public void OnPublished(IReadOnlyList<PublishedEvent> events) => throw new InvalidOperationException("broken");
    }
}
