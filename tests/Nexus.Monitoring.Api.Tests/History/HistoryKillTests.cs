using System.Text;
using DuckDB.NET.Data;
using Nexus.Monitoring.Api.History;
using Nexus.Monitoring.Api.History.Reading;
using Nexus.Monitoring.Api.History.Storage;
using Nexus.Monitoring.Api.Tests.Fixtures;
using Nexus.Monitoring.Client.Redis;
using Nexus.Monitoring.Contracts.Events;
using Nexus.Monitoring.Contracts.Log;
using StackExchange.Redis;

namespace Nexus.Monitoring.Api.Tests.History;

/// <summary>The API is killed again and again while it writes: afterwards history has every event of the log once, in its order.</summary>
public sealed class HistoryKillTests
{
    private const int Kills = 12;
    private const int BatchSize = 50;

    [Fact]
    public async Task Kill_ManyTimesUnderLoad_HistoryHoldsEveryEventOnce()
    {
        Assert.SkipUnless(RedisServerProcess.IsInstalled, RedisServerProcess.WhyMissing);
        var folder = Directory.CreateTempSubdirectory("nexus-history-kill-");
        var path = Path.Combine(folder.FullName, "events.duckdb");
        try
        {
            await using var redis = await RedisServerProcess.StartAsync();
            await using var connection = await ConnectionMultiplexer.ConnectAsync(redis.ConnectionString);
            using var load = new CancellationTokenSource();
            var loading = AppendSteadilyAsync(connection.GetDatabase(), load.Token);
            (string, string)[] settings =
            [
                ("ConnectionStrings:redis", redis.ConnectionString), ("Monitoring:History:Path", path),
                    ("Monitoring:History:CommitInterval", "00:00:00.020"),
                ("Monitoring:History:CheckpointMegabytes", "1"), ("Monitoring:History:CommitEvents", "70"), ("Monitoring:RingEvents", "1024"),
            ];
            for (var i = 0; i < Kills; i++)
            {
                await using var api = new ApiProgram(settings);
                await api.IsHealthyAsync();
                await Task.Delay(Random.Shared.Next(20, 700), TestContext.Current.CancellationToken);
                await api.KillAsync();
            }

            await using (var last = new ApiProgram(settings))
            {
                await last.IsHealthyAsync();
                await load.CancelAsync();
                await loading;
                var head = (await connection.GetDatabase().StreamRangeAsync(LogKeys.Log, count: 1,
                    messageOrder: Order.Descending))[0].ReadEvents()[^1].Position;
                await Eventually.IsTrueAsync(
                    async () => (await last.Http.GetStringAsync(new Uri("/health", UriKind.Relative))).Contains($"\"upto\":\"{head}\"",
                        StringComparison.Ordinal),
                    "history has come to the end of the log", TimeSpan.FromSeconds(60));
                await last.KillAsync();
            }

            var logged = (await connection.GetDatabase().StreamRangeAsync(LogKeys.Log)).SelectMany(entry => entry.ReadEvents()).ToList();
            using var database = HistoryDatabase.Open(new HistoryOptions(), path);
            using var reader = database.Connect();
            var stored = reader.With(CancellationToken.None).Rows(
                new SqlText().Add("SELECT ms, seq, decode(json) FROM events ORDER BY rowid"), row =>
                    ($"{row.GetInt64(0)}-{row.GetInt64(1)}", row.GetString(2)));

            Assert.True(logged.Count > 5_000, $"Only {logged.Count} events were logged.");
            Assert.Equal(logged.Select(one => (one.Position.ToString(), Encoding.UTF8.GetString(one.Json.Span))), stored);
            HasWhatAnUninterruptedWriterWrites(reader, logged);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>What is told once more, and what is counted, does not depend on where the writer was killed either.</summary>
    private static void HasWhatAnUninterruptedWriterWrites(
        DuckDBConnection killed, List<(LogPosition Position, ReadOnlyMemory<byte> Json)> logged)
    {
        using var whole = new TemporaryHistory();
        whole.Write(logged.Select(one => (one.Position, EventJson.TryRead(one.Json.Span, out var e, out _) ? e : null!)));
        whole.CountMinutes(logged[^1].Position.Time);
        using var wanted = whole.Database.Connect();
        foreach (var table in new[] { "attempt_starts", "attempt_ends", "queue_depths", "rolled" }.Concat(MinuteDimensions.Tables))
        {
            Assert.Equal(Rows(wanted, table), Rows(killed, table));
        }

        Assert.NotEmpty(Rows(killed, "attempt_starts"));
        Assert.NotEmpty(Rows(killed, "attempt_ends"));
        Assert.NotEmpty(Rows(killed, "queue_depths"));
    }

    private static List<string> Rows(DuckDBConnection connection, string table) => connection.With(CancellationToken.None).Rows(
        new SqlText().Add($"SELECT one::VARCHAR AS text FROM {table} AS one ORDER BY text"), row => row.GetString(0));

    private static async Task AppendSteadilyAsync(IDatabase redis, CancellationToken cancellationToken)
    {
        var number = 0;
        while (!cancellationToken.IsCancellationRequested)
        {
            // Some alone, some in entries of several, as producers write them
            var events = Enumerable.Range(0, BatchSize).Select(_ => EventJson.ToUtf8(Event(number++))).ToList();
            await Task.WhenAll(events.Chunk(Random.Shared.Next(1, 12)).Select(some => redis.StreamAddAsync(
                LogKeys.Log, some.Length == 1 ? LogKeys.EventField : LogKeys.EventsField, string.Join('\n', some.Select(Encoding.UTF8.GetString)))));
            await redis.PublishAsync(RedisChannel.Literal(LogKeys.Log), RedisValue.EmptyString);
            await Task.Delay(20, CancellationToken.None);
        }
    }

    /// <summary>A task waits and runs over several batches, so that its times outlast a kill; every seventh goes on after its end.</summary>
    private static MonitoringEvent Event(int number)
    {
        var task = Sample.Event(
            (number / 100 % 4) switch { 0 => EventTypes.TaskEnqueued, 1 => EventTypes.TaskStarted, 2 => EventTypes.TaskCompleted, _ => EventTypes.QueueDepthUpdate },
            "atlas", $"task-{(number / 400 * 100) + (number % 100)}", "run-1");
        return number % 7 == 0 && task.EventType == EventTypes.QueueDepthUpdate ? task with { EventType = EventTypes.TaskEnqueued, RetryCount = 1 }
            : task.EventType == EventTypes.QueueDepthUpdate ? task with { TaskId = null, Queue = new Dictionary<string, long> { ["high_priority"] = number } }
            : task with { WorkerId = number % 8 };
    }
}
