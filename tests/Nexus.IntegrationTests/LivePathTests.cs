using System.Net.Http.Json;
using System.Text.Json;
using Nexus.IntegrationTests.Fixtures;
using Nexus.Monitoring.Contracts.Events;
using Nexus.Monitoring.Contracts.Log;

namespace Nexus.IntegrationTests;

/// <summary>From a producer through Redis and the API to a raw client; the same over a real redis-server and the embedded one.</summary>
public abstract class LivePathTests
{
    protected abstract Task<IRedisServer> StartRedisAsync();

    [Fact]
    public async Task Publish_ManyEvents_ArriveOnceAndInOrder()
    {
        await using var redis = await StartRedisAsync();
        await using var api = await ApiProcess.StartAsync(redis);
        await using var client = await StreamRecorder.ConnectAsync(api);
        await using var producer = await Producer.StartAsync(redis);

        producer.Publish(EventTypes.TaskEnqueued, 20_000);
        await producer.FlushAsync();
        await client.ReceivesAsync(20_000);

        Assert.Empty(client.Faults);
        Assert.Equal(producer.Acknowledged, client.Events.Select(e => e.EventId));
    }

    [Fact]
    public async Task DemoEvents_EveryOne_ReachesARawClientWithChainedPositions()
    {
        await using var redis = await StartRedisAsync();
        await using var api = await ApiProcess.StartAsync(redis);
        await using var client = await StreamRecorder.ConnectAsync(api);

        using var answer = await api.Http.PostAsync(new Uri("/demo/events", UriKind.Relative), null);
        var sent = await answer.Content.ReadFromJsonAsync<JsonElement>();
        var ids = sent.GetProperty("events").EnumerateArray().Select(e => e.GetProperty("event_id").GetString()!).ToArray();
        await client.ReceivesAsync(ids.Length);

        Assert.Empty(client.Faults);
        Assert.Equal(ids, client.Events.Select(e => e.EventId));
        Assert.Empty(EventTypes.All.Except(client.Events.Select(e => e.EventType)));
        Assert.Single(client.Events.Select(e => e.TraceId).Distinct());
        Assert.Equal(sent.GetProperty("trace_id").GetString(), client.Events[0].TraceId);
    }

    [Fact]
    public async Task Subscribe_Filtered_GetsItsProjectAndKeepsTheChain()
    {
        await using var redis = await StartRedisAsync();
        await using var api = await ApiProcess.StartAsync(redis);
        await using var client = await StreamRecorder.ConnectAsync(api, "project_id=atlas");
        await using var producer = await Producer.StartAsync(redis);

        for (var i = 0; i < 50; i++)
        {
            producer.Publish(EventTypes.TaskEnqueued, 10, "radar");
            producer.Publish(EventTypes.TaskEnqueued, 1, "atlas");
        }

        await producer.FlushAsync();
        await client.ReceivesAsync(50);

        Assert.Empty(client.Faults);
        Assert.All(client.Events, e => Assert.Equal("atlas", e.ProjectId));
    }

    [Fact]
    public async Task ApiKilled_ClientComesBackWithItsCursor_MissesNothing()
    {
        await using var redis = await StartRedisAsync();
        await using var api = await ApiProcess.StartAsync(redis);
        await using var producer = await Producer.StartAsync(redis);
        LogPosition upto;
        List<string> received;
        await using (var before = await StreamRecorder.ConnectAsync(api))
        {
            producer.Publish(EventTypes.TaskEnqueued, 500);
            await before.ReceivesAsync(100);
            await api.KillAsync();
            await Eventually.IsTrueAsync(() => !before.IsOpen, "the client notices");
            upto = before.Upto!.Value;
            received = [.. before.Events.Select(e => e.EventId)];
            Assert.Empty(before.Faults);
        }

        producer.Publish(EventTypes.TaskStarted, 500);
        await producer.FlushAsync();
        await api.StartAsync();
        await using var after = await StreamRecorder.ConnectAsync(api, after: upto);
        await after.ReceivesAsync(1000 - received.Count);

        Assert.Empty(after.Faults);
        Assert.Equal(producer.Acknowledged, received.Concat(after.Events.Select(e => e.EventId)));
    }

    [Fact]
    public async Task ApiStopped_Clients_AreToldToComeBack()
    {
        await using var redis = await StartRedisAsync();
        await using var api = await ApiProcess.StartAsync(redis);
        await using var client = await StreamRecorder.ConnectAsync(api);

        Assert.Equal(0, await api.StopAsync());
        await Eventually.IsTrueAsync(() => !client.IsOpen, "the connection is closed");
        Assert.Equal(System.Net.WebSockets.WebSocketCloseStatus.EndpointUnavailable, client.ClosedWith);
    }
}
