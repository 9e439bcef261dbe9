using Nexus.Monitoring.Api.History;
using Nexus.Monitoring.Api.History.Reading;
using Nexus.Monitoring.Api.History.Storage;
using Nexus.Monitoring.Api.Tests.Fixtures;
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
                ("Monitoring:History:CheckpointMegabytes", "1"), ("Monitoring:RingEvents", "1024"),
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
                var head = (string)(await connection.GetDatabase().StreamRangeAsync(LogKeys.Log, count: 1,
                    messageOrder: Order.Descending))[0].Id!;
                await Eventually.IsTrueAsync(
                    async () => (await last.Http.GetStringAsync(new Uri("/health", UriKind.Relative))).Contains($"\"upto\":\"{head}\"",
                        StringComparison.Ordinal),
                    "history has come to the end of the log", TimeSpan.FromSeconds(60));
                await last.KillAsync();
            }

            var logged = await connection.GetDatabase().StreamRangeAsync(LogKeys.Log);
            using var database = HistoryDatabase.Open(new HistoryOptions(), path);
            using var reader = database.Connect();
            var stored = reader.With(CancellationToken.None).Rows(
                new SqlText().Add("SELECT ms, seq, decode(json) FROM events ORDER BY rowid"), row =>
                    ($"{row.GetInt64(0)}-{row.GetInt64(1)}", row.GetString(2)));

            Assert.True(logged.Length > 5_000, $"Only {logged.Length} events were logged.");
            Assert.Equal(logged.Select(entry => ((string)entry.Id!, (string)entry[LogKeys.EventField]!)), stored);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task AppendSteadilyAsync(IDatabase redis, CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            var batch = Enumerable.Range(0, BatchSize).Select(_ => redis.StreamAddAsync(
                LogKeys.Log, LogKeys.EventField, EventJson.ToUtf8(Sample.Event(EventTypes.TaskCompleted, "atlas", runId: "run-1")),
                    flags: CommandFlags.None));
            await Task.WhenAll(batch);
            await redis.PublishAsync(RedisChannel.Literal(LogKeys.Log), RedisValue.EmptyString);
            await Task.Delay(20, CancellationToken.None);
        }
    }
}
