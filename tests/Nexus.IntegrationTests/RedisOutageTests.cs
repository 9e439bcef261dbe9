using System.Net;
using Nexus.IntegrationTests.Fixtures;
using Nexus.Monitoring.Contracts.Events;
using Nexus.Monitoring.Contracts.Frames;

namespace Nexus.IntegrationTests;

/// <summary>Redis is killed under load and stays away: nobody loses anything, and everybody is told.</summary>
public sealed class RedisOutageTests
{
    private const int EventsPerSecond = 1000;
    private static readonly TimeSpan Outage = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task RedisKilledFor20Seconds_EveryAcknowledgedEvent_ArrivesOnceInOrder()
    {
        Assert.SkipUnless(RedisServerProcess.IsInstalled, RedisServerProcess.WhyMissing);
        await using var redis = await RedisServerProcess.StartAsync();
        await using var api = await ApiProcess.StartAsync(redis);
        await using var client = await StreamRecorder.ConnectAsync(api);
        await using var producer = await Producer.StartAsync(redis);
        using var load = new CancellationTokenSource();
        var loading = producer.PublishSteadilyAsync(EventTypes.TaskEnqueued, EventsPerSecond, load.Token);
        await client.ReceivesAsync(2 * EventsPerSecond);

        await redis.KillAsync();
        await Eventually.IsTrueAsync(() => client.Frames.Any(IsUnavailable), "the client is told that the log is away");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await api.HealthAsync());
        await Task.Delay(Outage);
        Assert.True(client.IsOpen);
        await redis.RestartAsync();

        await Eventually.IsTrueAsync(() => client.Frames.OfType<StatusFrame>().LastOrDefault()?.Log == StatusFrame.Connected, "the client is told that it is back");
        await Eventually.IsTrueAsync(async () => await api.HealthAsync() == HttpStatusCode.OK, "the API is healthy again");
        var backWith = client.Count;
        await client.ReceivesAsync(backWith + EventsPerSecond);
        await load.CancelAsync();
        await loading;
        await producer.FlushAsync();
        await client.ReceivesAsync(producer.Acknowledged.Count);

        Assert.Empty(client.Faults);
        Assert.Empty(client.Frames.OfType<GapFrame>());
        var expected = producer.Acknowledged;
        Assert.Equal(expected, client.Events.Where(e => e.EventType == EventTypes.TaskEnqueued).Select(e => e.EventId));
        Assert.Equal(expected.Count, expected.Distinct().Count());
    }

    private static bool IsUnavailable(StreamFrame frame) => frame is StatusFrame { Log: StatusFrame.Unavailable };
}
