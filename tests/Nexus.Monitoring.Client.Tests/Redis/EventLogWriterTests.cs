using System.Diagnostics;
using System.Globalization;
using Nexus.Monitoring.Client.Log;
using Nexus.Monitoring.Client.Redis;
using Nexus.Monitoring.Contracts.Events;
using Nexus.Monitoring.Contracts.Log;
using StackExchange.Redis;

namespace Nexus.Monitoring.Client.Tests.Redis;

public abstract class EventLogWriterTests(bool isEmbedded) : IAsyncLifetime
{
    private readonly RedisFixture _redis = new(isEmbedded);
    private MonitoringHost _host = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await _redis.InitializeAsync();
        _host = await MonitoringHost.StartAsync(new()
        {
            ["ConnectionStrings:redis"] = $"{_redis.Server.ConnectionString},asyncTimeout=1000",
            ["Monitoring:RetryDelay"] = "0.05",
        });
    }

    public async ValueTask DisposeAsync()
    {
        await (_host?.DisposeAsync() ?? ValueTask.CompletedTask);
        await _redis.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Append_FromManyCallers_IsWholeAndInOrder()
    {
        var batches = Enumerable.Range(0, 40).Select(batch => Enumerable.Range(0, 25).Select(i => $"{batch}-{i}").ToArray()).ToList();
        var answers = await Task.WhenAll(batches.Select(ids => _host.Writer.AppendAsync(Encode(ids), Token)));

        var log = (await _redis.ReadLogAsync()).ToDictionary(entry => entry.Position, entry => entry.Event.TaskId!);
        Assert.Equal(1_000, log.Count);
        Assert.All(batches.Zip(answers), pair => Assert.Equal(pair.First, pair.Second.Select(position => log[position])));
        Assert.All(answers, positions => Assert.Equal(positions.Order(), positions));
    }

    /// <summary>Redis would keep as many entries, of up to 64 events each.</summary>
    [Fact]
    public async Task Append_MoreThanTheBound_KeepsAboutAsManyEvents()
    {
        await using var host = await MonitoringHost.StartAsync(new()
        {
            ["ConnectionStrings:redis"] = _redis.Server.ConnectionString,
            ["Monitoring:LogMaxLength"] = "1000",
        });
        foreach (var size in new[] { 200, 1, 50, 3_000, 200, 1_500, 49, 1_000 })
        {
            await host.Writer.AppendAsync(Encode([.. Enumerable.Range(1, size).Select(i => $"{size}-{i}")]), Token);
            Assert.InRange((await _redis.ReadLogAsync()).Count, 0, 1_000 + 63 + 64);
        }

        await using var connection = await ConnectionMultiplexer.ConnectAsync(_redis.Server.ConnectionString);
        var log = await _redis.ReadLogAsync();
        Assert.InRange(log.Count, 1_000, 1_000 + 63 + 64);
        Assert.Equal("1000-1000", log[^1].Event.TaskId);
        Assert.Equal(6_000, await connection.GetDatabase().StringGetAsync(LogKeys.EventCount));
        Assert.InRange(await connection.GetDatabase().SortedSetLengthAsync(LogKeys.EventMarks), 1, 18);
    }

    /// <summary>A storm may be faster than what keeps everything is written; but nobody holds the log without end.</summary>
    [Theory]
    [InlineData("{0} {1}", 60_000, 3_000)]
    [InlineData("{0} {1}", -60_000, 1_000)]
    [InlineData("{1}", 60_000, 1_000)]
    public async Task Append_MoreThanTheBoundOfWhatIsHeld_KeepsItForAWhile(string format, int milliseconds, int kept)
    {
        const int Slack = 63 + 64;
        await using var host = await MonitoringHost.StartAsync(new()
        {
            ["ConnectionStrings:redis"] = _redis.Server.ConnectionString,
            ["Monitoring:LogMaxLength"] = "1000",
        });
        await using var connection = await ConnectionMultiplexer.ConnectAsync(_redis.Server.ConnectionString);
        async Task AppendAsync(int count) => await host.Writer.AppendAsync(Encode([.. Enumerable.Range(0, count).Select(i => $"{i}")]), Token);
        await AppendAsync(200);
        var upto = (await _redis.ReadLogAsync())[^1].Position;
        var until = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() + milliseconds;
        await connection.GetDatabase().HashSetAsync(LogKeys.Held, "holder", string.Format(CultureInfo.InvariantCulture, format, upto, until));

        for (var i = 0; i < 15; i++)
        {
            await AppendAsync(200);
        }

        var log = await _redis.ReadLogAsync();
        Assert.InRange(log.Count, kept, kept + 200 + Slack);
        Assert.Equal(kept > 1_000, log[0].Position <= upto);

        for (var i = 0; i < 25; i++)
        {
            await AppendAsync(200);
        }

        Assert.InRange((await _redis.ReadLogAsync()).Count, 1_000, kept > 1_000 ? 4_000 + Slack : 1_000 + Slack);
        Assert.Equal(kept > 1_000 ? 1 : 0, await connection.GetDatabase().HashLengthAsync(LogKeys.Held));
    }

    /// <summary>The events are in the log: who says otherwise gets them again.</summary>
    [Theory]
    [InlineData(LogKeys.EventCount)]
    [InlineData(LogKeys.EventMarks)]
    [InlineData(LogKeys.Held)]
    public async Task Append_WhatBoundsTheLogIsBroken_Appends(string key)
    {
        await using var connection = await ConnectionMultiplexer.ConnectAsync(_redis.Server.ConnectionString);
        await connection.GetDatabase().StringSetAsync(key, "in the way");
        var events = Encode([.. Enumerable.Range(0, 5_000).Select(i => $"{i}")]);

        var positions = await _host.Writer.AppendAsync(events, Token);
        await _host.Writer.AppendAsync([.. events, .. events], Token);
        await _host.Writer.AppendAsync(events, Token);

        var log = await _redis.ReadLogAsync();
        Assert.Equal(20_000, log.Count);
        Assert.Equal(positions, log.Take(5_000).Select(entry => entry.Position));
    }

    /// <summary>What stands there looks like its end, and is somebody else's.</summary>
    [Fact]
    public async Task Append_NamedBatchAgainAfterOneThatEndsAlike_IsFoundWhereItIs()
    {
        var batch = new ProducerBatch("producer-1", 1);
        var events = Encode("a", "b", "b");
        var positions = await _host.Writer.AppendAsync(batch, events, Token);
        await _host.Writer.AppendAsync([events[1], events[2]], Token);

        Assert.Equal(positions, await _host.Writer.AppendAsync(batch, events, Token));
    }

    [Fact]
    public async Task Append_SameNamedBatchAgainAndAgain_IsAppendedOnce()
    {
        var batch = new ProducerBatch("producer-1", 1);
        var events = Encode("a", "b", "c");
        await _host.Writer.AppendAsync(Encode("before"), Token);

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => _host.Writer.AppendAsync(batch, events, Token)));
        await _host.Writer.AppendAsync(Encode("after"), Token);
        var late = await _host.Writer.AppendAsync(batch, events, Token);

        var log = await _redis.ReadLogAsync();
        Assert.Equal(["before", "a", "b", "c", "after"], log.Select(entry => entry.Event.TaskId));
        var positions = log.Skip(1).Take(3).Select(entry => entry.Position).ToList();
        Assert.All([.. answers, late], answer => Assert.Equal(positions, answer));
    }

    /// <summary>The late attempt of a lost connection meets the repetition: whichever comes first wins, always exactly one.</summary>
    [Fact]
    public async Task Append_AttemptsOverSeveralConnectionsAtOnce_ExactlyOneWins()
    {
        var connections = await Task.WhenAll(
            Enumerable.Range(0, 4).Select(_ => ConnectionMultiplexer.ConnectAsync(_redis.Server.ConnectionString)));
        var producers = connections.Select(connection => new RedisProducer(connection, "racer", 100_000, isNew: true)).ToList();
        for (var number = 1; number <= 100; number++)
        {
            var events = Encode($"{number}");
            await Task.WhenAll(producers.Select(producer => producer.AppendAsync(number, events, Token)));
        }

        Assert.Equal(Enumerable.Range(1, 100).Select(i => $"{i}"), (await _redis.ReadLogAsync()).Select(entry => entry.Event.TaskId));
        await Task.WhenAll(connections.Select(connection => connection.DisposeAsync().AsTask()));
    }

    [Fact]
    public async Task Append_RedisAway_ThrowsSoonAndClearlyAndWorksAgainLater()
    {
        await _host.Writer.AppendAsync(Encode("a"), Token);
        await _redis.Server.KillAsync();
        var started = Stopwatch.GetTimestamp();
        await Eventually.IsTrueAsync(async () => !(await FailureAsync()).MayBeAppended, "the connection is known to be lost");
        var failure = await FailureAsync();

        Assert.Equal($"Redis at {_redis.Server.ConnectionString} is not connected.", failure.Message);
        Assert.InRange(Stopwatch.GetElapsedTime(started), TimeSpan.Zero, TimeSpan.FromSeconds(15));

        await _redis.Server.RestartAsync();
        await Eventually.IsTrueAsync(
            async () =>
            {
                try
                {
                    await _host.Writer.AppendAsync(Encode("b"), Token);
                    return true;
                }
                catch (LogUnavailableException)
                {
                    return false;
                }
            },
            "it works again");
        Assert.Equal("b", (await _redis.ReadLogAsync())[^1].Event.TaskId);
    }

    [Fact]
    public async Task Append_LogLosesItsData_GoesOn()
    {
        await _host.Writer.AppendAsync(Encode("a"), Token);
        await using (var connection = await ConnectionMultiplexer.ConnectAsync(_redis.Server.ConnectionString + ",allowAdmin=true"))
        {
            await connection.GetServers()[0].FlushAllDatabasesAsync();
        }

        await _host.Writer.AppendAsync(Encode("b"), Token);

        Assert.Equal(["b"], (await _redis.ReadLogAsync()).Select(entry => entry.Event.TaskId));
    }

    [Fact]
    public async Task Append_KeyOfTheLogIsNoStream_SaysSoAndLosesNothingOncePutRight()
    {
        await using var connection = await ConnectionMultiplexer.ConnectAsync(_redis.Server.ConnectionString);
        await connection.GetDatabase().StringSetAsync(LogKeys.Log, "in the way");
        _host.Publisher.Publish(_host.Publisher.NewEvent(EventTypes.TaskStarted) with { TaskId = "patient" });
        Assert.Contains("WRONGTYPE", (await FailureAsync()).Message, StringComparison.Ordinal);
        await Eventually.IsTrueAsync(() => _host.Failures > 2, "the publisher has tried");
        await connection.GetDatabase().KeyDeleteAsync(LogKeys.Log);

        Assert.True(await _host.Publisher.FlushAsync(Token));
        Assert.Equal(["patient"], (await _redis.ReadLogAsync()).Select(entry => entry.Event.TaskId));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Append_Events_GoToTheDoorbellAndToTheChannelsThatAreOn(bool channels)
    {
        await using var host = await MonitoringHost.StartAsync(new()
        {
            ["ConnectionStrings:redis"] = _redis.Server.ConnectionString,
            ["Monitoring:PublishChannels"] = channels ? "true" : "false",
        });
        await using var connection = await ConnectionMultiplexer.ConnectAsync(_redis.Server.ConnectionString);
        var heard = new System.Collections.Concurrent.ConcurrentQueue<string>();
        await connection.GetSubscriber().SubscribeAsync(RedisChannel.Pattern("nexus:*"), (channel, _) => heard.Enqueue(channel.ToString()));

        var stats = host.Publisher.NewEvent(EventTypes.StatsSnapshot);
        var task = host.Publisher.NewEvent(EventTypes.TaskStarted) with { ProjectId = "alpha" };
        await host.Writer.AppendAsync([EventJson.ToUtf8(stats), EventJson.ToUtf8(task)], Token);
        host.Publisher.Publish(task);
        Assert.True(await host.Publisher.FlushAsync(Token));

        string[] expected = channels
            ? ["nexus:events", "nexus:events", "nexus:events", "nexus:events:log", "nexus:events:log", "nexus:events:project:alpha",
                "nexus:events:project:alpha", "nexus:events:stats"]
            : ["nexus:events:log", "nexus:events:log"];
        await Eventually.IsTrueAsync(() => heard.Count >= expected.Length, "all channels are heard");
        Assert.Equal(expected, heard.Order(StringComparer.Ordinal));
    }

    private static ReadOnlyMemory<byte>[] Encode(params string[] taskIds) => [.. taskIds.Select(id => (ReadOnlyMemory<byte>)EventJson.ToUtf8(new MonitoringEvent
    {
        EventId = Guid.NewGuid().ToString(),
        Timestamp = DateTimeOffset.UtcNow,
        EventType = EventTypes.TaskCompleted,
        TaskId = id,
    }))];

    private async Task<LogUnavailableException> FailureAsync() =>
        await Assert.ThrowsAsync<LogUnavailableException>(() => _host.Writer.AppendAsync(Encode("lost"), Token));
}
