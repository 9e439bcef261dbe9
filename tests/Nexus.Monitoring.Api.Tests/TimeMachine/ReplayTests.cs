using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;
using Nexus.Monitoring.Api.History;
using Nexus.Monitoring.Api.Tests.Fixtures;
using Nexus.Monitoring.Contracts.Log;

namespace Nexus.Monitoring.Api.Tests.TimeMachine;

public sealed class ReplayTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("nexus-replay-");

    private readonly DateTimeOffset _now = DateTimeOffset.UtcNow;

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Replay_AtHundredfoldSpeed_SendsEachEventOnceAndGoesOnLive()
    {
        await using var api = await StartAsync();
        var positions = Append(api, 300, secondsAgo: 150);
        await IsStoredAsync(api);
        api.Log.TrimTo(20);
        await using var client = await api.ConnectAsync($"?format=batch&from={positions[9]}&speed=100");

        var (events, clocks) = await ReadUntilLiveAsync(client, positions[9]);
        var resumed = await client.ReceivesAsync("resumed");
        var next = api.Log.AppendAt((ulong)DateTimeOffset.UtcNow.ToUnixTimeMilliseconds(), Sample.Event());
        var live = await client.ReceivesAsync("events");

        Assert.Equal(positions.Skip(10), events);
        Assert.Equal(clocks.Order(), clocks);
        Assert.Equal(positions[^1].ToString(), resumed.GetProperty("after").GetString());
        Assert.Equal(next.ToString(), live.GetProperty("upto").GetString());
    }

    /// <summary>Some 500 events a second, evenly: hardly any look at the log finds nothing.</summary>
    [Fact]
    public async Task Replay_WhileEventsKeepComing_GoesLiveWithoutLossOrRepeat()
    {
        await using var api = await StartAsync();
        var upto = Append(api, 100, secondsAgo: 5)[0];
        await IsStoredAsync(api);
        using var stop = new CancellationTokenSource();
        var producer = KeepAppendingAsync(api, TimeSpan.FromMilliseconds(2), stop.Token);
        var events = new List<LogPosition>();
        try
        {
            await using var client = await api.ConnectAsync($"?format=batch&from={upto}&speed=100");
            var (isLive, isResumed, liveEvents) = (false, false, 0);
            using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(20));
            while (liveEvents < 100)
            {
                Assert.False(deadline.IsCancellationRequested, $"live: {isLive}, resumed: {isResumed}, after {events.Count} events");
                var message = (await client.NextAsync())!.Value;
                isLive |= message.GetProperty("type").GetString() == "clock" && message.GetProperty("state").GetString() == "live";
                isResumed |= message.GetProperty("type").GetString() == "resumed";
                if (message.GetProperty("type").GetString() == "events")
                {
                    Assert.Equal(upto.ToString(), message.GetProperty("after").GetString());
                    upto = LogPosition.Parse(message.GetProperty("upto").GetString()!);
                    events.AddRange(message.GetProperty("events").EnumerateArray().Select(e => LogPosition.Parse(e.GetProperty("cursor").GetString()!)));
                    liveEvents += isResumed ? message.GetProperty("events").GetArrayLength() : 0;
                }
            }

            Assert.True(isLive);
        }
        finally
        {
            await stop.CancelAsync();
            await producer;
        }

        Assert.Equal(api.Log.Positions.Skip(1).Take(events.Count), events);
    }

    /// <summary>What was read ahead for a client that took everything cannot be asked what the new filter asks.</summary>
    [Fact]
    public async Task Replay_FilteredOnItsWay_SendsWhatMatchesFromThere()
    {
        await using var api = await StartAsync();
        var positions = Append(api, 60, secondsAgo: 60);
        await IsStoredAsync(api);
        await using var client = await api.ConnectAsync($"?format=batch&from={positions[0]}&speed=1");
        await client.ReceivesAsync("events");
        await client.SendAsync("""{"type":"pause"}""");
        var paused = LogPosition.Parse((await ClockAsync(client, "paused")).GetProperty("cursor").GetString()!);
        await client.SendAsync("""{"type":"filter","project_id":"p1"}""");
        await client.ReceivesAsync("filter");
        await client.SendAsync("""{"type":"speed","speed":100}""");
        await client.SendAsync("""{"type":"play"}""");

        var (events, _) = await ReadUntilLiveAsync(client, paused);

        Assert.Equal(positions.Where((position, index) => position > paused && index % 3 == 1), events);
    }

    [Fact]
    public async Task Replay_ByTime_BeginsWithHowThingsStoodThere()
    {
        await using var api = await StartAsync();
        Append(api, 20, secondsAgo: 40);
        await IsStoredAsync(api);
        await using var client = await api.ConnectAsync($"?from={_now.AddSeconds(-20.5):yyyy-MM-ddTHH:mm:ss.fffZ}&speed=100");

        var snapshot = await client.ReceivesSnapshotAsync();
        var clock = await client.ReceivesAsync("clock");

        Assert.Equal(10, snapshot.GetProperty("counts").GetProperty("processing").GetInt64());
        Assert.Equal("playing", clock.GetProperty("state").GetString());
        Assert.Equal(100, clock.GetProperty("speed").GetDouble());
        Assert.InRange(clock.GetProperty("clock").GetDateTimeOffset(), _now.AddSeconds(-21), _now.AddSeconds(-20));
    }

    [Fact]
    public async Task Replay_PausedSoughtAndPlayed_DoesAsItIsTold()
    {
        await using var api = await StartAsync();
        var positions = Append(api, 100, secondsAgo: 200);
        await IsStoredAsync(api);
        await using var client = await api.ConnectAsync($"?format=batch&from={positions[0]}&speed=1");
        await client.ReceivesAsync("events");
        await client.ReceivesAsync("clock");

        await client.SendAsync("""{"type":"pause"}""");
        var paused = await ClockAsync(client, "paused");
        await client.SendAsync("""{"type":"speed","speed":1000}""");
        var refused = await ClockAsync(client, "paused");
        await client.SendAsync($$"""{"type":"seek","at":"{{positions[50]}}"}""");
        var begins = await client.ReceivesAsync("events");
        var sought = await ClockAsync(client, "paused");
        await client.SendAsync("""{"type":"speed","speed":100}""");
        Assert.Equal(100, (await ClockAsync(client, "paused")).GetProperty("speed").GetDouble());
        await client.SendAsync("""{"type":"play"}""");

        Assert.Equal(1, paused.GetProperty("speed").GetDouble());
        Assert.Contains("'1000'; a number from 1 to 100 is allowed", refused.GetProperty("error").GetString(), StringComparison.Ordinal);
        Assert.Equal(positions[50].ToString(), begins.GetProperty("upto").GetString());
        Assert.Equal(0, begins.GetProperty("events").GetArrayLength());
        Assert.Equal(positions[50].Time, sought.GetProperty("clock").GetDateTimeOffset());
        var (events, _) = await ReadUntilLiveAsync(client, positions[50]);
        Assert.Equal(positions.Skip(51), events);
    }

    [Fact]
    public async Task Replay_OfOneProject_ChainsOverWhatDoesNotMatch()
    {
        await using var api = await StartAsync();
        var positions = Append(api, 60, secondsAgo: 60);
        await IsStoredAsync(api);
        await using var client = await api.ConnectAsync($"?format=batch&project_id=p1&from={positions[0]}&speed=100");

        var (events, _) = await ReadUntilLiveAsync(client, positions[0]);

        Assert.Equal(positions.Skip(1).Where((_, index) => (index + 1) % 3 == 1), events);
    }

    [Fact]
    public async Task Replay_GoneLive_GoesBackWhenAsked()
    {
        await using var api = await StartAsync();
        var positions = Append(api, 10, secondsAgo: 10);
        await IsStoredAsync(api);
        await using var client = await api.ConnectAsync($"?format=batch&from={positions[^1]}&speed=100");
        await ReadUntilLiveAsync(client, positions[^1]);
        await client.ReceivesAsync("resumed");

        await client.SendAsync($$"""{"type":"seek","at":"{{positions[2]}}"}""");

        var begins = await client.ReceivesAsync("events");
        Assert.Equal(positions[2].ToString(), begins.GetProperty("upto").GetString());
        var (events, _) = await ReadUntilLiveAsync(client, positions[2]);
        Assert.Equal(positions.Skip(3), events);
    }

    [Theory]
    [InlineData("from=-1m&speed=0", "speed is '0'; a number from 1 to 100 is allowed.")]
    [InlineData("from=-1m&speed=101", "speed is '101'; a number from 1 to 100 is allowed.")]
    [InlineData("from=-1m&speed=fast", "speed is 'fast'; a number from 1 to 100 is allowed.")]
    [InlineData("from=noon", "from is 'noon'; a cursor such as")]
    [InlineData("speed=5", "from is ''; a cursor such as")]
    [InlineData("from=2999-01-01T00:00:00Z", "lies in the future")]
    [InlineData("from=-1m&cursor=1-0", "cursor is '1-0'; either cursor or from is allowed, not both.")]
    public async Task Replay_BadValue_NamesItAndWhatIsAllowed(string query, string why)
    {
        await using var api = await ApiHost.StartAsync();

        using var answer = await api.Http.GetAsync(new Uri($"/ws/monitoring?{query}", UriKind.Relative), TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
        Assert.Contains(why, problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Replay_MoreThanAllowed_AreRefused()
    {
        await using var api = await StartAsync(("Monitoring:TimeMachine:MaxReplays", "1"));
        await using var first = await api.ConnectAsync("?format=batch&from=-1m");
        await first.ReceivesAsync("events");

        var refused = await Assert.ThrowsAsync<System.Net.WebSockets.WebSocketException>(() => api.ConnectAsync("?from=-1m"));

        Assert.Contains("503", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Hub_Replay_SendsEventsAndClockAndObeys(bool isWebSocket)
    {
        await using var api = await StartAsync();
        var positions = Append(api, 40, secondsAgo: 80);
        await IsStoredAsync(api);
        var frames = System.Threading.Channels.Channel.CreateUnbounded<(string Method, JsonElement Frame)>();
        await using var hub = new HubConnectionBuilder().WithUrl(new Uri(api.Address, "/hubs/monitoring"), options => options.Transports = isWebSocket
            ? Microsoft.AspNetCore.Http.Connections.HttpTransportType.WebSockets
            : Microsoft.AspNetCore.Http.Connections.HttpTransportType.LongPolling).Build();
        foreach (var method in new[] { "Events", "Clock" })
        {
            hub.On<JsonElement>(method, frame => frames.Writer.TryWrite((method, frame)));
        }

        await hub.StartAsync(TestContext.Current.CancellationToken);
        await Assert.ThrowsAsync<Microsoft.AspNetCore.SignalR.HubException>(
            () => hub.InvokeAsync("Pause", TestContext.Current.CancellationToken));
        await hub.InvokeAsync("Replay", null, positions[0].ToString(), 1.0, TestContext.Current.CancellationToken);
        await hub.InvokeAsync("Pause", TestContext.Current.CancellationToken);
        await hub.InvokeAsync("Seek", positions[20].ToString(), TestContext.Current.CancellationToken);
        await hub.InvokeAsync("Speed", 100.0, TestContext.Current.CancellationToken);
        await hub.InvokeAsync("Play", TestContext.Current.CancellationToken);

        var received = new List<string>();
        while (received.Count < 19)
        {
            using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(20));
            var (method, frame) = await frames.Reader.ReadAsync(deadline.Token);
            if (method == "Events")
            {
                received.AddRange(frame.GetProperty("events").EnumerateArray().Select(e => e.GetProperty("cursor").GetString()!));
            }
        }

        Assert.Equal(positions.Skip(21).Select(position => position.ToString()), received);
    }

    /// <summary>Reads until the log's end, and checks that intervals chain.</summary>
    private static async Task<(List<LogPosition> Events, List<DateTimeOffset> Clocks)> ReadUntilLiveAsync(StreamClient client, LogPosition upto)
    {
        var (events, clocks) = (new List<LogPosition>(), new List<DateTimeOffset>());
        while (await client.NextAsync() is { } message)
        {
            switch (message.GetProperty("type").GetString())
            {
                case "events":
                    Assert.Equal(upto.ToString(), message.GetProperty("after").GetString());
                    upto = LogPosition.Parse(message.GetProperty("upto").GetString()!);
                    events.AddRange(message.GetProperty("events").EnumerateArray().Select(e => LogPosition.Parse(e.GetProperty("cursor").GetString()!)));
                    break;
                case "clock":
                    clocks.Add(message.GetProperty("clock").GetDateTimeOffset());
                    if (message.GetProperty("state").GetString() == "live")
                    {
                        return (events, clocks);
                    }

                    break;
            }
        }

        throw new InvalidOperationException($"closed with {client.CloseStatus}: {client.CloseReason}");
    }

    private static async Task<JsonElement> ClockAsync(StreamClient client, string state)
    {
        while (await client.NextAsync() is { } message)
        {
            if (message.GetProperty("type").GetString() == "clock" && message.GetProperty("state").GetString() == state)
            {
                return message;
            }
        }

        throw new InvalidOperationException("closed");
    }

    private LogPosition[] Append(ApiHost api, int count, int secondsAgo) =>
    [
        .. Enumerable.Range(0, count).Select(i => api.Log.AppendAt(
            (ulong)_now.AddSeconds(-secondsAgo * (count - i) / (double)count).ToUnixTimeMilliseconds(), Sample.Event(projectId: $"p{i % 3}", taskId: $"t{i}"))),
    ];

    private static async Task KeepAppendingAsync(ApiHost api, TimeSpan every, CancellationToken stop)
    {
        using var timer = new PeriodicTimer(every);
        try
        {
            while (await timer.WaitForNextTickAsync(stop))
            {
                api.Log.AppendAt((ulong)DateTimeOffset.UtcNow.ToUnixTimeMilliseconds(), Sample.Event());
            }
        }
        catch (OperationCanceledException)
        {
            // Enough.
        }
    }

    private static Task IsStoredAsync(ApiHost api)
    {
        var state = api.Services.GetRequiredService<HistoryState>();
        return Eventually.IsTrueAsync(() => state.Head >= api.Log.Positions[^1], "history holds what was appended");
    }

    private Task<ApiHost> StartAsync(params (string Key, string Value)[] settings) => ApiHost.StartAsync(
        null,
        [
            ("Monitoring:History:Path", Path.Combine(_folder.FullName, "events.duckdb")),
            ("Monitoring:History:MaxAge", "00:00:00"),
            ("Monitoring:History:CommitInterval", "00:00:00.050"),
            .. settings,
        ]);
}
