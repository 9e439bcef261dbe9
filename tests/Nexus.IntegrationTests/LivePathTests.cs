using System.Net.Http.Json;
using System.Text.Json;
using Nexus.IntegrationTests.Fixtures;
using Nexus.IntegrationTests.Transports;
using Nexus.Monitoring.Contracts.Events;
using Nexus.Testing.Delivery;

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
        await using var client = new Subscriber(StreamTransports.WebSocketBatch);
        await client.OpenAsync(api.Address);
        await using var producer = await Producer.StartAsync(redis);

        producer.Publish(EventTypes.TaskEnqueued, 20_000);
        await producer.FlushAsync();
        await client.ReceivesAsync(20_000);

        Assert.Empty(DeliveryJudge.Judge(producer.Ledger, client.Journal));
        Assert.Equal(producer.Ledger.AcknowledgedIds, client.Journal.Events.Select(e => e.EventId));
    }

    [Fact]
    public async Task DemoEvents_EveryOne_ReachesARawClient()
    {
        await using var redis = await StartRedisAsync();
        await using var api = await ApiProcess.StartAsync(redis);
        await using var client = new Subscriber(StreamTransports.WebSocketBatch);
        await client.OpenAsync(api.Address);

        using var answer = await api.Http.PostAsync(new Uri("/demo/events", UriKind.Relative), null);
        var sent = await answer.Content.ReadFromJsonAsync<JsonElement>();
        var ids = sent.GetProperty("events").EnumerateArray().Select(e => e.GetProperty("event_id").GetString()!).ToArray();
        await client.ReceivesAsync(ids.Length);

        var events = client.Journal.Events;
        Assert.Equal(ids, events.Select(e => e.EventId));
        Assert.Empty(EventTypes.All.Except(events.Select(e => e.EventType)));
        Assert.Single(events.Select(e => e.TraceId).Distinct());
        Assert.Equal(sent.GetProperty("trace_id").GetString(), events[0].TraceId);
    }
}
