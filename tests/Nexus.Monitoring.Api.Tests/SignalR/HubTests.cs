using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection;
using Nexus.Monitoring.Api.Streaming;
using Nexus.Monitoring.Api.Tests.Fixtures;
using Nexus.Monitoring.Contracts.Events;
using Nexus.Monitoring.Contracts.Frames;
using Nexus.Monitoring.Contracts.Json;

namespace Nexus.Monitoring.Api.Tests.SignalR;

public sealed class HubTests
{
    [Fact]
    public async Task Subscribe_Live_CallsEventsWithChainedFramesOfTheContract()
    {
        await using var api = await ApiHost.StartAsync();
        await using var client = await HubClient.ConnectAsync(api);
        await client.SubscribeAsync(new { project_id = new[] { "a" } });
        var upto = Read(await client.ReceivesAsync("Events")).Upto;

        for (var i = 0; i < 5; i++)
        {
            api.Log.Append(3, "b");
            var position = api.Log.Append(Sample.Event(projectId: "a"));
            var frame = Read(await client.ReceivesAsync("Events"));

            Assert.Equal(upto, frame.After);
            Assert.Equal(position, frame.Upto);
            Assert.Equal(position.ToString(), Assert.Single(frame.Events).Cursor);
            upto = frame.Upto;
        }
    }

    [Fact]
    public async Task Subscribe_WithCursor_ReplaysThenResumed()
    {
        await using var api = await ApiHost.StartAsync();
        var positions = api.Log.Append(10);
        await api.FoldsAsync(positions[^1]);
        await using var client = await HubClient.ConnectAsync(api);

        await client.SubscribeAsync(null, positions[3].ToString());

        var frame = Read(await client.ReceivesAsync("Events"));
        Assert.Equal((positions[3], positions[9], 6), (frame.After, frame.Upto, frame.Events.Count));
        Assert.Equal(6, (await client.ReceivesAsync("Resumed")).GetProperty("replayed").GetInt64());
    }

    [Fact]
    public async Task Subscribe_Again_ReplacesTheFirst()
    {
        await using var api = await ApiHost.StartAsync();
        await using var client = await HubClient.ConnectAsync(api);
        await client.SubscribeAsync(new { event_types = new[] { EventTypes.TaskFailed } });
        await client.ReceivesAsync("Events");

        await client.SubscribeAsync(new { event_types = new[] { EventTypes.TaskRetry } });
        await client.ReceivesAsync("Events");
        api.Log.Append(Sample.Event(EventTypes.TaskFailed));
        var retry = api.Log.Append(Sample.Event(EventTypes.TaskRetry));

        var frame = Read(await client.ReceivesAsync("Events"));
        Assert.Equal(retry.ToString(), Assert.Single(frame.Events).Cursor);
    }

    [Theory]
    [InlineData("""{"project_id":7}""", null, "project_id is '7'; a string or an array of strings is allowed.")]
    [InlineData("""{"event_types":["a b"]}""", null, "event_types is 'a b';")]
    [InlineData("""{"stats_only":1}""", null, "stats_only is '1'; true or false is allowed.")]
    [InlineData("[]", null, "filter is '[]'; a JSON object is allowed.")]
    [InlineData("null", "x", "cursor is 'x'; the cursor of an event is allowed")]
    [InlineData("null", "99999999999999-0", "cursor is '99999999999999-0';")]
    public async Task Subscribe_BadArgument_IsAHubExceptionThatNamesIt(string filter, string? cursor, string problem)
    {
        await using var api = await ApiHost.StartAsync();
        await using var client = await HubClient.ConnectAsync(api);

        var error = await Assert.ThrowsAsync<HubException>(() => client.SubscribeAsync(JsonElement.Parse(filter), cursor));

        Assert.Contains(problem, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task GapPingAndStatus_CallTheirMethods()
    {
        await using var api = await ApiHost.StartAsync(null, ("Monitoring:RingEvents", "16"), ("Monitoring:PingInterval", "00:00:00.500"));
        var positions = api.Log.Append(100);
        await api.FoldsAsync(positions[^1]);
        api.Log.TrimTo(20);
        await using var client = await HubClient.ConnectAsync(api);

        await client.SubscribeAsync(null, positions[0].ToString());

        Assert.Equal("retention", (await client.ReceivesAsync("Gap")).GetProperty("reason").GetString());
        var received = 0;
        while (received < 20)
        {
            received += Read(await client.ReceivesAsync("Events")).Events.Count;
        }

        await client.ReceivesAsync("Resumed");
        Assert.Equal(positions[^1].ToString(), (await client.ReceivesAsync("Ping")).GetProperty("cursor").GetString());
        api.Log.IsAway = true;
        api.Log.Ring();
        Assert.Equal("unavailable", (await client.ReceivesAsync("Status")).GetProperty("log").GetString());
    }

    [Fact]
    public async Task Connect_OverTheCap_IsRefused()
    {
        await using var api = await ApiHost.StartAsync(null, ("Monitoring:MaxConnections", "1"));
        await using var first = await api.ConnectAsync();

        var error = await Assert.ThrowsAsync<HttpRequestException>(() => HubClient.ConnectAsync(api));

        Assert.Equal(HttpStatusCode.ServiceUnavailable, error.StatusCode);
    }

    [Fact]
    public async Task Disconnect_FreesItsPlace()
    {
        await using var api = await ApiHost.StartAsync(null, ("Monitoring:MaxConnections", "1"));
        for (var i = 0; i < 3; i++)
        {
            await using var client = await HubClient.ConnectAsync(api);
            await client.SubscribeAsync();
            await client.ReceivesAsync("Events");
            await client.DisposeAsync();
            await Eventually.IsTrueAsync(
                () => !api.Services.GetRequiredService<StreamCapacity>().IsFull, "the place is free");
        }
    }

    private static EventsFrame Read(JsonElement frame) => frame.Deserialize(MonitoringJson.Context.EventsFrame)!;
}
