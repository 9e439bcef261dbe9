using Nexus.Monitoring.Api.Tests.Fixtures;
using Nexus.Monitoring.Client.Redis;
using Nexus.Monitoring.Contracts.Events;
using Nexus.Monitoring.Contracts.Log;
using StackExchange.Redis;

namespace Nexus.Monitoring.Api.Tests.Redis;

/// <summary>What happens to a real redis-server, seen by a client of the stream.</summary>
public sealed class RedisFaultTests : IAsyncLifetime
{
    private RedisServerProcess _server = null!;
    private ConnectionMultiplexer _redis = null!;

    private IDatabase Database => _redis.GetDatabase();

    public async ValueTask InitializeAsync()
    {
        Assert.SkipUnless(RedisServerProcess.IsInstalled, RedisServerProcess.WhyMissing);
        _server = await RedisServerProcess.StartAsync();
        var options = ConfigurationOptions.Parse($"{_server.ConnectionString},abortConnect=false,allowAdmin=true");
        options.ReconnectRetryPolicy = new LinearRetry(200);
        _redis = await ConnectionMultiplexer.ConnectAsync(options);
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
        {
            await _redis.DisposeAsync();
            await _server.DisposeAsync();
        }
    }

    [Fact]
    public async Task Garbage_AmongEvents_IsPassedOver()
    {
        await using var api = await ApiHost.StartOverAsync(_server);
        await using var client = await api.ConnectAsync("?format=batch");
        var upto = (await client.ReceivesAsync("events")).GetProperty("upto").GetString();
        var expected = new List<string>();
        foreach (var garbage in new[] { "", "{", "\0\u0001", "[]", "{}", "{\"event_id\":1}", new string('x', 2_000_000) })
        {
            await Database.StreamAddAsync(LogKeys.Log, LogKeys.EventField, garbage);
            await Database.StreamAddAsync(LogKeys.Log, "other", garbage);
            expected.Add(await AppendAsync());
        }

        var received = new List<string>();
        while (received.Count < expected.Count)
        {
            var batch = await client.ReceivesAsync("events");
            Assert.Equal(upto, batch.GetProperty("after").GetString());
            upto = batch.GetProperty("upto").GetString();
            received.AddRange(batch.GetProperty("events").EnumerateArray().Select(e => e.GetProperty("cursor").GetString()!));
        }

        Assert.Equal(expected, received);
        var health = await api.Http.GetJsonAsync("/health");
        var skipped = health.GetProperty("checks").GetProperty("log").GetProperty("skipped");
        Assert.Equal((7, 1), (skipped.GetProperty("no_event").GetInt32(), skipped.GetProperty("too_big").GetInt32()));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(40)]
    public async Task Flushed_ClientIsToldAndGoesOn_StateBeginsAnew(int appendedAfterwards)
    {
        await using var api = await ApiHost.StartOverAsync(_server);
        for (var i = 0; i < 30; i++)
        {
            await AppendAsync();
        }

        await api.FoldsAsync(LogPosition.Parse(await AppendAsync()));
        await using var client = await api.ConnectAsync("?format=batch");
        var upto = (await client.ReceivesAsync("events")).GetProperty("upto").GetString();

        await Database.ExecuteAsync("FLUSHALL");
        var expected = new List<string>();
        for (var i = 0; i < appendedAfterwards; i++)
        {
            expected.Add(await AppendAsync());
        }

        var gap = await client.ReceivesAsync("gap");
        Assert.Equal(("log_reset", upto), (gap.GetProperty("reason").GetString(), gap.GetProperty("after").GetString()));
        var received = new List<string>();
        while (received.Count < expected.Count)
        {
            received.AddRange((await client.ReceivesAsync("events")).GetProperty("events").EnumerateArray().Select(e => e.GetProperty("cursor").GetString()!));
        }

        Assert.Equal(expected, received);
        await Eventually.IsTrueAsync(
            async () => (await api.Http.GetJsonAsync("/api/snapshot")).GetProperty("events").GetInt64() == appendedAfterwards,
            "the state is folded from the new log only");
    }

    /// <summary>Killed and restarted three times while events are appended: every event that the log took arrives once and in order.</summary>
    [Fact]
    public async Task KilledUnderLoad_EveryEventOfTheLogArrivesOnceInOrder()
    {
        await using var api = await ApiHost.StartOverAsync(_server);
        await using var client = await api.ConnectAsync("?format=batch");
        using var stopping = new CancellationTokenSource();
        var loading = Task.Run(async () =>
        {
            while (!stopping.IsCancellationRequested)
            {
                try
                {
                    await AppendAsync();
                }
                catch (Exception error) when (error is RedisException or TimeoutException)
                {
                    await Task.Delay(TimeSpan.FromMilliseconds(20));
                }
            }
        });
        var received = new List<string>();
        var kills = 0;
        var reading = ReadAsync(client, received);

        while (kills < 3)
        {
            var before = received.Count;
            await Eventually.IsTrueAsync(() => received.Count > before + 100, "events arrive");
            await _server.KillAsync();
            await Eventually.IsTrueAsync(() => !api.Feed.Status.IsConnected, "the outage is noticed");
            await _server.RestartAsync();
            await Eventually.IsTrueAsync(() => api.Feed.Status.IsConnected, "the log is back");
            kills++;
        }

        await stopping.CancelAsync();
        await loading;
        var log = (await Database.StreamRangeAsync(LogKeys.Log)).SelectMany(entry => entry.ReadEvents()).Select(one => one.Position.ToString()).ToList();
        await Eventually.IsTrueAsync(() => received.Count >= log.Count, "all that is in the log arrives");

        Assert.Equal(log, received);
        await client.DisposeAsync();
        await Record.ExceptionAsync(() => reading);
    }

    private static async Task ReadAsync(StreamClient client, List<string> received)
    {
        string? upto = null;
        while (await client.NextAsync() is { } message)
        {
            var type = message.GetProperty("type").GetString();
            Assert.NotEqual("gap", type);
            if (type == "events")
            {
                Assert.Equal(upto ?? message.GetProperty("after").GetString(), message.GetProperty("after").GetString());
                upto = message.GetProperty("upto").GetString();
                received.AddRange(message.GetProperty("events").EnumerateArray().Select(e => e.GetProperty("cursor").GetString()!));
            }
        }
    }

    private async Task<string> AppendAsync() => EntryId.Parse(
        (string)(await Database.StreamAddAsync(LogKeys.Log, LogKeys.EventField, EventJson.ToUtf8(Sample.Event())))!).At(0).ToString();
}
