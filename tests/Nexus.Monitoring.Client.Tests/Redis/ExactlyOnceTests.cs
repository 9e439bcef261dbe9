using System.Globalization;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Nexus.Monitoring.Client.Publishing;
using Nexus.Monitoring.Contracts.Events;
using Nexus.Monitoring.Contracts.Log;
using StackExchange.Redis;

namespace Nexus.Monitoring.Client.Tests.Redis;

public sealed class ExactlyOnceTests : IAsyncLifetime
{
    private RedisServerProcess _redis = null!;

    public async ValueTask InitializeAsync()
    {
        Assert.SkipUnless(RedisServerProcess.IsInstalled, RedisServerProcess.WhyMissing);
        _redis = await RedisServerProcess.StartAsync();
    }

    public ValueTask DisposeAsync() => _redis?.DisposeAsync() ?? ValueTask.CompletedTask;

    [Fact]
    public async Task Publish_ManyEvents_ArriveOnceInOrderAtTheReportedPositions()
    {
        var observer = new PublishedEvents();
        await using var host = await StartAsync(observer);

        for (var i = 0; i < 5_000; i++)
        {
            host.Publisher.Publish(Numbered(host.Publisher, i));
        }

        Assert.True(await host.Publisher.FlushAsync(Deadline()));
        var log = await ReadLogAsync();
        Assert.Equal(Enumerable.Range(0, 5_000).Select(Name), log.Select(entry => entry.Event.TaskId!));
        Assert.Equal(log.Select(entry => (entry.Event.EventId, (LogPosition?)entry.Position)), observer.All.Select(e => (e.EventId, e.Position)));
    }

    [Fact]
    public async Task Publish_RedisKilledSeveralTimesUnderLoad_LosesAndDoublesNothing()
    {
        var observer = new PublishedEvents();
        await using var host = await StartAsync(observer);
        using var stop = new CancellationTokenSource();
        var count = 0;
        var load = Task.Run(
            async () =>
            {
                while (!stop.IsCancellationRequested)
                {
                    for (var i = 0; i < 50; i++)
                    {
                        host.Publisher.Publish(Numbered(host.Publisher, count++));
                    }

                    await Task.Delay(1);
                }
            },
            CancellationToken.None);

        for (var kill = 0; kill < 4; kill++)
        {
            var before = host.Publisher.Statistics.Sent;
            await Eventually.IsTrueAsync(() => host.Publisher.Statistics.Sent > before + 2_000, "events flow");
            await _redis.KillAsync();
            await _redis.RestartAsync();
        }

        await stop.CancelAsync();
        await load;
        Assert.True(await host.Publisher.FlushAsync(Deadline()));

        var log = await ReadLogAsync();
        Assert.Equal(Enumerable.Range(0, count).Select(Name), log.Select(entry => entry.Event.TaskId!));
        Assert.Equal(log.Select(entry => (entry.Event.EventId, (LogPosition?)entry.Position)), observer.All.Select(e => (e.EventId, e.Position)));
        Assert.Equal(0, host.Publisher.Statistics.DroppedTotal);
    }

    private static CancellationToken Deadline() => new CancellationTokenSource(TimeSpan.FromSeconds(60)).Token;

    private static string Name(int number) => "task-" + number.ToString(CultureInfo.InvariantCulture);

    private static MonitoringEvent Numbered(IMonitoringPublisher publisher, int number) =>
        publisher.NewEvent(EventTypes.TaskCompleted) with { TaskId = Name(number), ProjectId = "alpha" };

    private Task<MonitoringHost> StartAsync(PublishedEvents observer) => MonitoringHost.StartAsync(
        new()
        {
            ["ConnectionStrings:redis"] = _redis.ConnectionString,
            ["Monitoring:RetryDelay"] = "0.05",
            ["Monitoring:LogMaxLength"] = "10000000",
            ["Monitoring:BufferCapacity"] = "1000000",
        },
        builder => builder.Services.AddSingleton<IPublishObserver>(observer));

    private async Task<List<(MonitoringEvent Event, LogPosition Position)>> ReadLogAsync()
    {
        await using var connection = await ConnectionMultiplexer.ConnectAsync(_redis.ConnectionString);
        var entries = await connection.GetDatabase().StreamRangeAsync(LogKeys.Log);
        return [.. entries.Select(entry =>
        {
            Assert.True(EventJson.TryRead(Encoding.UTF8.GetBytes((string)entry[LogKeys.EventField]!), out var e, out var problem), problem);
            return (e!, LogPosition.Parse(entry.Id!));
        })];
    }
}
