using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Nexus.Monitoring.Client.Publishing;
using Nexus.Monitoring.Contracts.Events;
using Nexus.Monitoring.Contracts.Log;

namespace Nexus.Monitoring.Client.Tests.Redis;

/// <summary>Whatever happens to Redis: each event is in the log once, in order, at the position that was reported.</summary>
public sealed class ExactlyOnceTests : IAsyncLifetime
{
    private readonly RedisFixture _redis = new();
    private readonly PublishedEvents _published = new();
    private MonitoringHost _host = null!;
    private int _count;

    public async ValueTask InitializeAsync()
    {
        await _redis.InitializeAsync();
        _host = await MonitoringHost.StartAsync(
            new()
            {
                // Short, so that an answer that does not come is given up while Redis still stands.
                ["ConnectionStrings:redis"] = $"{_redis.Server.ConnectionString},asyncTimeout=500,syncTimeout=500",
                ["Monitoring:RetryDelay"] = "0.05",
                ["Monitoring:LogMaxLength"] = "10000000",
                ["Monitoring:BufferCapacity"] = "1000000",
            },
            builder => builder.Services.AddSingleton<IPublishObserver>(_published));
    }

    public async ValueTask DisposeAsync()
    {
        await (_host?.DisposeAsync() ?? ValueTask.CompletedTask);
        await _redis.DisposeAsync();
    }

    [Fact]
    public async Task Publish_ManyEvents_ArriveOnceInOrderAtTheReportedPositions()
    {
        PublishSome(5_000);
        await AllArrivedOnceAsync();
    }

    [Fact]
    public async Task Publish_RedisKilledSeveralTimesUnderLoad_LosesAndDoublesNothing()
    {
        await UnderLoadAsync(async () =>
        {
            for (var kill = 0; kill < 4; kill++)
            {
                await EventsFlowAsync();
                await _redis.Server.KillAsync();
                await _redis.Server.RestartAsync();
            }
        });
        await AllArrivedOnceAsync();
    }

    [Fact]
    public async Task Publish_RedisStandsStillLongerThanTheTimeout_LosesAndDoublesNothing()
    {
        await UnderLoadAsync(async () =>
        {
            for (var pause = 0; pause < 3; pause++)
            {
                await EventsFlowAsync();
                var failed = _host.Failures;
                _redis.Server.Pause();
                await Eventually.IsTrueAsync(() => _host.Failures > failed + 1, "answers stay away", TimeSpan.FromSeconds(60));
                _redis.Server.Resume();
            }
        });
        await AllArrivedOnceAsync();
    }

    private async Task UnderLoadAsync(Func<Task> happenings)
    {
        using var stop = new CancellationTokenSource();
        var load = Task.Run(
            async () =>
            {
                while (!stop.IsCancellationRequested)
                {
                    PublishSome(50);
                    await Task.Delay(5);
                }
            },
            CancellationToken.None);
        await happenings();
        await stop.CancelAsync();
        await load;
    }

    private async Task EventsFlowAsync()
    {
        var before = _host.Publisher.Statistics.Sent;
        await Eventually.IsTrueAsync(() => _host.Publisher.Statistics.Sent > before + 1_000, "events flow", TimeSpan.FromSeconds(60));
    }

    private async Task AllArrivedOnceAsync()
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        Assert.True(await _host.Publisher.FlushAsync(deadline.Token), "everything is sent");
        var log = await _redis.ReadLogAsync();
        Assert.Equal(Enumerable.Range(0, _count).Select(Name), log.Select(entry => entry.Event.TaskId!));
        await Eventually.IsTrueAsync(() => _published.All.Count == _count, "the observer knows of all");
        Assert.Equal(
            log.Select(entry => (entry.Event.EventId, (LogPosition?)entry.Position)), _published.All.Select(e => (e.EventId, e.Position)));
        Assert.Equal(0, _host.Publisher.Statistics.DroppedTotal);
    }

    private void PublishSome(int events)
    {
        for (; events > 0; events--)
        {
            _host.Publisher.Publish(_host.Publisher.NewEvent(EventTypes.TaskCompleted) with { TaskId = Name(_count++), ProjectId = "alpha" });
        }
    }

    private static string Name(int number) => "task-" + number.ToString(CultureInfo.InvariantCulture);
}
