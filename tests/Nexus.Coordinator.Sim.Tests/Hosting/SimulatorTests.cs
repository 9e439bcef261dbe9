using Nexus.Coordinator.Sim.Tests.Fixtures;
using Nexus.Monitoring.Contracts.Events;

namespace Nexus.Coordinator.Sim.Tests.Hosting;

/// <summary>The whole simulator over a real redis-server.</summary>
public sealed class SimulatorTests
{
    private static readonly (string, string) Fast = ("Simulation:Rate", "1000");

    /// <summary>Long enough for a machine that is busy with other tests, short enough to wait for.</summary>
    private static readonly (string, string)[] ShortHeartbeats = [("Monitoring:HeartbeatInterval", "00:00:01"), ("Monitoring:HeartbeatTtl", "00:00:05")];

    [Fact]
    public async Task HighRate_ForAWhile_LosesNoJobAndRunsNoneTwice()
    {
        await using var redis = await StartRedisAsync();
        await using var simulator = await SimulatorHost.StartAsync(redis, Fast, ("Simulation:Workers", "32"));
        var log = await EventLog.ConnectAsync(redis);
        await Eventually.IsTrueAsync(async () => await log.CountAsync() > 5_000, "5000 events are in the log", TimeSpan.FromSeconds(60));

        await simulator.StopAsync();

        var events = await log.ReadAsync();
        Ledger.AllTasksEndedOnce(events);
        Ledger.AllCountsAddUp(events);
        Assert.True(events.Count(e => e.EventType == EventTypes.TaskCompleted) > 1_000);
        Assert.Equal(32, events.Count(e => e.EventType == EventTypes.WorkerStopped));
        log.AssertNothingIsLeft();
    }

    [Fact]
    public async Task TwoProcesses_OneQueue_ShareWorkAndWorkerIds()
    {
        await using var redis = await StartRedisAsync();
        await using var here = await SimulatorHost.StartAsync(redis, ("Simulation:Rate", "200"), ("Monitoring:Source", "sim/here"));
        await using var there = await SimulatorHost.StartAsync(redis, ("Simulation:Rate", "200"), ("Monitoring:Source", "sim/there"));
        var log = await EventLog.ConnectAsync(redis);
        await Eventually.IsTrueAsync(async () => await log.CountAsync() > 3_000, "3000 events are in the log", TimeSpan.FromSeconds(60));

        await here.StopAsync();
        await there.StopAsync();

        var events = await log.ReadAsync();
        Assert.Equal(Enumerable.Range(1, 24), events.Where(e => e.EventType == EventTypes.WorkerStarted).Select(e => e.WorkerId!.Value).Order());
        var drivers = events.Where(e => e.EventType == EventTypes.RunStarted).ToDictionary(e => e.TaskId!, e => e.Source);
        Assert.Contains(events, e => e.EventType == EventTypes.TaskCompleted && drivers[e.ParentTaskId!] != e.Source);
        Assert.DoesNotContain(events.Where(IsEnd).CountBy(e => e.TaskId!), task => task.Value > 1);
    }

    [Fact]
    public async Task WorkerCrashes_OverRealRedis_ItsTaskRunsOnceMore()
    {
        await using var redis = await StartRedisAsync();
        await using var simulator = await SimulatorHost.StartAsync(redis, [.. ShortHeartbeats, ("Simulation:WorkerReplacementSeconds", "0")]);
        var log = await EventLog.ConnectAsync(redis);
        await Eventually.IsTrueAsync(() => simulator.Coordinator.Workers.Any(worker => worker.Current is not null), "a worker is busy");
        var victim = simulator.Coordinator.Workers.First(worker => worker.Current is not null);

        var taskId = victim.Current!.TaskId;
        victim.Crash();
        await Eventually.IsTrueAsync(
            async () => (await log.ReadAsync()).Any(e => e.TaskId == taskId && IsEnd(e)), "the victim's task ends", TimeSpan.FromSeconds(60));
        await Eventually.IsTrueAsync(() => simulator.Coordinator.Workers.Count == 12, "the worker is replaced");
        await simulator.StopAsync();

        var events = await log.ReadAsync();
        var life = events.Where(e => e.TaskId == taskId && e.EventType.StartsWith("task_", StringComparison.Ordinal)).Select(e => e.EventType).ToList();
        Assert.Equal(
            [EventTypes.TaskEnqueued, EventTypes.TaskStarted, EventTypes.TaskEnqueued, EventTypes.TaskStarted],
            life.Take(4));
        Ledger.AllTasksEndedOnce(events);
    }

    [Fact]
    public async Task RedisKilledAndBack_UnderLoad_LosesNoJobAndRunsNoneTwice()
    {
        await using var redis = await StartRedisAsync();
        await using var simulator = await SimulatorHost.StartAsync(redis, ("Simulation:Rate", "300"));
        var log = await EventLog.ConnectAsync(redis);
        await Eventually.IsTrueAsync(async () => await log.CountAsync() > 1_000, "1000 events are in the log", TimeSpan.FromSeconds(60));

        for (var outage = 0; outage < 3; outage++)
        {
            await redis.KillAsync();
            await redis.RestartAsync();
            var before = await CountAsync(log);
            await Eventually.IsTrueAsync(async () => await CountAsync(log) > before + 500, "the simulator goes on", TimeSpan.FromSeconds(60));
        }

        await simulator.StopAsync();

        var events = await log.ReadAsync();
        Ledger.AllTasksEndedOnce(events);
        Ledger.AllCountsAddUp(events);
        Assert.DoesNotContain(events, e => e.EventType == EventTypes.WorkerLost);
        log.AssertNothingIsLeft();
    }

    private static bool IsEnd(MonitoringEvent e) => e.EventType is EventTypes.TaskCompleted or EventTypes.TaskFailed;

    private static async Task<RedisServerProcess> StartRedisAsync()
    {
        Assert.SkipUnless(RedisServerProcess.IsInstalled, RedisServerProcess.WhyMissing);
        return await RedisServerProcess.StartAsync();
    }

    private static async Task<long> CountAsync(EventLog log)
    {
        try
        {
            return await log.CountAsync();
        }
        catch (Exception exception) when (exception is StackExchange.Redis.RedisException or TimeoutException)
        {
            return 0;
        }
    }
}
