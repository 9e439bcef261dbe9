using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Nexus.Monitoring.Api.State;
using Nexus.Monitoring.Api.Tests.Fixtures;
using Nexus.Monitoring.Contracts.Events;
using Nexus.Monitoring.Contracts.Log;

namespace Nexus.Monitoring.Api.Tests.WebSockets;

public sealed class StreamTests
{
    [Theory]
    [InlineData("/ws/monitoring")]
    [InlineData("/ws/monitor")]
    public async Task Open_WithoutAnUpgrade_SaysThatAWebSocketIsNeeded(string path)
    {
        await using var api = await ApiHost.StartAsync();

        using var answer = await api.Http.GetAsync(new Uri(path, UriKind.Relative));

        Assert.Equal(426, (int)answer.StatusCode);
        Assert.Contains("ws://", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_WithoutCursor_BeginsWithTheSnapshotThenGoesOnLive()
    {
        await using var api = await ApiHost.StartAsync();
        api.Log.Append(Sample.Event(EventTypes.TaskEnqueued, taskId: "t1"));
        api.Log.Append(Sample.Event(EventTypes.WorkerStarted) with { WorkerId = 1 });
        var last = api.Log.Append(Sample.Event(EventTypes.QueueDepthUpdate) with { Queue = new Dictionary<string, long> { ["high_priority"] = 4 } });
        await api.FoldsAsync(last);

        await using var client = await api.ConnectAsync("?event_types=task_failed");
        var snapshot = await client.ReceivesSnapshotAsync();
        api.Log.Append(Sample.Event(EventTypes.TaskStarted));
        var failed = api.Log.Append(Sample.Event(EventTypes.TaskFailed));

        Assert.Equal(last.ToString(), snapshot.GetProperty("cursor").GetString());
        Assert.Equal(1, snapshot.GetProperty("meta").GetProperty("workers_online").GetInt32());
        Assert.Equal(4, snapshot.GetProperty("queue").GetProperty("high_priority").GetInt64());
        Assert.Equal(1, snapshot.GetProperty("counts").GetProperty("pending").GetInt64());
        Assert.Equal([failed], await client.ReceivesEventsAsync(1));
    }

    [Theory]
    [InlineData("", "abcdef")]
    [InlineData("?project_id=p1", "ad")]
    [InlineData("?project_id=p1&project_id=p2", "abd")]
    [InlineData("?task_id=t1", "abc")]
    [InlineData("?event_types=task_failed,task_retry", "bc")]
    [InlineData("?types=task_failed", "b")]
    [InlineData("?stats_only=true", "ef")]
    [InlineData("?project_id=p1&event_types=task_started", "a")]
    [InlineData("?project_id=p1&stats_only=true", "")]
    public async Task Filter_OnTheWire_PassesWhatMatches(string query, string expected)
    {
        await using var api = await ApiHost.StartAsync();
        await using var client = await api.ConnectAsync(query);
        await client.ReceivesSnapshotAsync();

        var positions = new Dictionary<char, LogPosition>
        {
            ['a'] = api.Log.Append(Sample.Event(EventTypes.TaskStarted, "p1", "t1")),
            ['b'] = api.Log.Append(Sample.Event(EventTypes.TaskFailed, "p2", "t2", "t1")),
            ['c'] = api.Log.Append(Sample.Event(EventTypes.TaskRetry, null, "t1")),
            ['d'] = api.Log.Append(Sample.Event(EventTypes.TaskCompleted, "p1", "t3")),
            ['e'] = api.Log.Append(Sample.Event(EventTypes.QueueDepthUpdate)),
            ['f'] = api.Log.Append(Sample.Event(EventTypes.StatsSnapshot)),
        };
        var received = await client.ReceivesEventsAsync(expected.Length);
        await client.SendAsync("ping");
        await client.ReceivesAsync("pong");

        Assert.Equal(expected.Select(name => positions[name]), received);
    }

    [Fact]
    public async Task Batch_FilteredClient_IntervalsChainOverWhatDoesNotMatch()
    {
        await using var api = await ApiHost.StartAsync();
        await using var client = await api.ConnectAsync("?format=batch&project_id=mine");
        var upto = (await client.ReceivesAsync("events")).GetProperty("upto").GetString();
        var mine = new List<string>();
        var received = new List<string>();

        for (var round = 0; round < 20; round++)
        {
            api.Log.Append(7, "others");
            mine.Add(api.Log.Append(Sample.Event(projectId: "mine")).ToString());
        }

        while (received.Count < mine.Count)
        {
            var batch = await client.ReceivesAsync("events");
            Assert.Equal(upto, batch.GetProperty("after").GetString());
            upto = batch.GetProperty("upto").GetString();
            received.AddRange(batch.GetProperty("events").EnumerateArray().Select(e => e.GetProperty("cursor").GetString()!));
        }

        Assert.Equal(mine, received);
    }

    /// <summary>What was encoded for one serves the others of its filter, whenever they came; each has a chain of its own.</summary>
    [Theory]
    [InlineData("")]
    [InlineData("&project_id=mine")]
    public async Task Batch_ManyClientsOfOneFilter_EachChainIsWhole(string filter)
    {
        const int Clients = 12;
        await using var api = await ApiHost.StartAsync();
        var clients = new List<StreamClient>();
        var uptos = new List<LogPosition>();
        var all = new List<LogPosition>();
        for (var i = 0; i < Clients; i++)
        {
            clients.Add(await api.ConnectAsync("?format=batch" + filter));
            uptos.Add(LogPosition.Parse((await clients[i].ReceivesAsync("events")).GetProperty("upto").GetString()!));
            for (var n = 0; n < 40; n++)
            {
                all.Add(api.Log.Append(Sample.Event(projectId: "mine")));
            }
        }

        for (var i = 0; i < Clients; i++)
        {
            var expected = all.Where(position => position > uptos[i]).ToList();
            var received = new List<LogPosition>();
            while (received.Count < expected.Count)
            {
                var batch = await clients[i].ReceivesAsync("events");
                Assert.Equal(uptos[i].ToString(), batch.GetProperty("after").GetString());
                uptos[i] = LogPosition.Parse(batch.GetProperty("upto").GetString()!);
                received.AddRange(batch.GetProperty("events").EnumerateArray().Select(e => LogPosition.Parse(e.GetProperty("cursor").GetString()!)));
            }

            Assert.Equal(expected, received);
            await clients[i].DisposeAsync();
        }
    }

    [Theory]
    [InlineData("events")]
    [InlineData("batch")]
    public async Task Resume_FromTheRing_ReplaysThenSaysSo(string format)
    {
        await using var api = await ApiHost.StartAsync();
        var positions = api.Log.Append(30);
        await api.FoldsAsync(positions[^1]);

        await using var client = await api.ConnectAsync($"?format={format}&cursor={positions[9]}");
        if (format == "events")
        {
            Assert.Equal(positions.Skip(10), await client.ReceivesEventsAsync(20));
        }
        else
        {
            var batch = await client.ReceivesAsync("events");
            Assert.Equal((positions[9].ToString(), positions[29].ToString()), (batch.GetProperty("after").GetString(), batch.GetProperty("upto").GetString()));
            Assert.Equal(20, batch.GetProperty("events").GetArrayLength());
        }

        var resumed = await client.ReceivesAsync("resumed");
        Assert.Equal(positions[9].ToString(), resumed.GetProperty("after").GetString());
        Assert.Equal(20, resumed.GetProperty("replayed").GetInt64());
    }

    [Fact]
    public async Task Resume_OlderThanTheRing_ComesFromTheLog()
    {
        await using var api = await ApiHost.StartAsync(null, ("Monitoring:RingEvents", "16"));
        var positions = api.Log.Append(700);
        await api.FoldsAsync(positions[^1]);

        await using var client = await api.ConnectAsync($"?cursor={positions[0]}");

        Assert.Equal(positions.Skip(1), await client.ReceivesEventsAsync(699));
        Assert.Equal(699, (await client.ReceivesAsync("resumed")).GetProperty("replayed").GetInt64());
    }

    [Fact]
    public async Task Resume_OlderThanTheLog_GapThenTheRest()
    {
        await using var api = await ApiHost.StartAsync(null, ("Monitoring:RingEvents", "16"));
        var positions = api.Log.Append(100);
        await api.FoldsAsync(positions[^1]);
        api.Log.TrimTo(40);

        await using var client = await api.ConnectAsync($"?cursor={positions[0]}");

        var gap = await client.ReceivesAsync("gap");
        Assert.Equal((positions[0].ToString(), "retention"), (gap.GetProperty("after").GetString(), gap.GetProperty("reason").GetString()));
        Assert.Equal(positions.Skip(60), await client.ReceivesEventsAsync(40));
        await client.ReceivesAsync("resumed");
    }

    /// <summary>Nothing has been appended since, so the state is empty; what was before is gone, and not for a newcomer to claim.</summary>
    [Fact]
    public async Task LogReset_ClientThatComesBeforeTheNextEvent_BeginsWhereTheLogDoes()
    {
        await using var api = await ApiHost.StartAsync();
        var before = api.Log.Append(20);
        await api.FoldsAsync(before[^1]);
        await using var first = await api.ConnectAsync();
        await first.ReceivesSnapshotAsync();
        api.Log.Lose();
        await first.ReceivesAsync("gap");
        await Eventually.IsTrueAsync(() => api.Services.GetRequiredService<LiveStateView>().Read(state => state.Position) == LogPosition.Start, "the state is empty");

        await using var client = await api.ConnectAsync();
        var snapshot = await client.ReceivesSnapshotAsync();

        Assert.True(LogPosition.Parse(snapshot.GetProperty("cursor").GetString()!) >= before[^1]);
        Assert.Equal([api.Log.Append(Sample.Event())], await client.ReceivesEventsAsync(1));
    }

    [Fact]
    public async Task LogReset_ConnectedClient_IsToldAndGoesOn()
    {
        await using var api = await ApiHost.StartAsync();
        var before = api.Log.Append(5);
        await api.FoldsAsync(before[^1]);
        await using var client = await api.ConnectAsync($"?format=batch&cursor={before[^1]}");
        await client.ReceivesAsync("resumed");

        api.Log.Lose(clock: MemoryLog.FirstMillisecond - 5000);
        api.Log.Ring();
        var gap = await client.ReceivesAsync("gap");
        var after = api.Log.Append(Sample.Event());
        var batch = await client.ReceivesAsync("events");

        Assert.Equal("log_reset", gap.GetProperty("reason").GetString());
        Assert.Equal(gap.GetProperty("upto").GetString(), batch.GetProperty("after").GetString());
        Assert.Equal(after.ToString(), batch.GetProperty("upto").GetString());
        Assert.True(after > before[^1]);
        await api.FoldsAsync(after);
        Assert.Equal(1, (await api.Http.GetJsonAsync("/api/snapshot")).GetProperty("events").GetInt64());
    }

    /// <summary>Less than a minute ahead of this node's clock, and by the log's own clock nothing was ever handed out there.</summary>
    [Fact]
    public async Task Open_CursorAheadOfTheLog_IsRefusedAndNotTakenForRead()
    {
        await using var api = await ApiHost.StartAsync();
        var last = api.Log.Append(3)[^1];
        await api.FoldsAsync(last);
        var ahead = LogPosition.At(last.Time + TimeSpan.FromSeconds(30));
        await using var client = await api.ConnectAsync($"?cursor={ahead}");

        await client.IsClosedAsync(4500);
        Assert.Equal($"cursor={ahead} lies after everything that this log has handed out", client.CloseReason);
        foreach (var path in new[] { "/api/events?follow=true&", "/api/events?" })
        {
            using var answer = await api.Http.GetAsync(new Uri($"{path}cursor={ahead}", UriKind.Relative));
            Assert.Equal(400, (int)answer.StatusCode);
            Assert.Contains("future", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task LogAway_ConnectedClient_IsToldAndStaysConnected()
    {
        await using var api = await ApiHost.StartAsync();
        await using var client = await api.ConnectAsync();
        await client.ReceivesSnapshotAsync();

        api.Log.IsAway = true;
        api.Log.Ring();
        var away = await client.ReceivesAsync("status");
        var position = api.Log.Append(Sample.Event());
        api.Log.IsAway = false;

        Assert.Equal(("unavailable", "The log is away."), (away.GetProperty("log").GetString(), away.GetProperty("message").GetString()));
        var messages = new[] { (await client.NextAsync())!.Value, (await client.NextAsync())!.Value };
        Assert.Contains(messages, message => message.TryGetProperty("log", out var log) && log.GetString() == "connected");
        Assert.Contains(messages, message => message.TryGetProperty("event_id", out _) && message.GetProperty("cursor").GetString() == position.ToString());
    }

    [Fact]
    public async Task Ping_CarriesUpToWhereAllThatMatchesWasSent()
    {
        await using var api = await ApiHost.StartAsync(null, ("Monitoring:PingInterval", "00:00:00.100"));
        await using var client = await api.ConnectAsync("?project_id=mine");
        await client.ReceivesSnapshotAsync();

        var others = api.Log.Append(3, "others");

        await Eventually.IsTrueAsync(
            async () => (await client.ReceivesAsync("ping")).GetProperty("cursor").GetString() == others[^1].ToString(),
            "a ping carries the head");
    }

    [Fact]
    public async Task Shutdown_SendsWhatIsDueThenComeBackWithTheCursor()
    {
        await using var api = await ApiHost.StartAsync();
        await using var client = await api.ConnectAsync();
        await client.ReceivesSnapshotAsync();
        var positions = api.Log.Append(200);
        await api.FoldsAsync(positions[^1]);

        api.Services.GetRequiredService<IHostApplicationLifetime>().StopApplication();

        Assert.Equal(positions, await client.ReceivesEventsAsync(200));
        await client.IsClosedAsync(1001);
        Assert.EndsWith($"cursor={positions[^1]}", client.CloseReason, StringComparison.Ordinal);
    }
}
