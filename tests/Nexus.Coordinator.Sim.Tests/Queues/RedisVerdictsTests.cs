using Nexus.Coordinator.Sim.Configuration;
using Nexus.Coordinator.Sim.Queues;
using Nexus.Coordinator.Sim.Queues.Redis;
using Nexus.Coordinator.Sim.Tests.Fixtures;
using Nexus.Monitoring.Contracts.Events;
using Nexus.Monitoring.Contracts.Log;
using StackExchange.Redis;

namespace Nexus.Coordinator.Sim.Tests.Queues;

public sealed class RedisVerdictsTests
{
    [Theory]
    [InlineData("redis-server")]
    [InlineData("embedded")]
    public async Task FindOrphaned_VerdictsBeforeAndAfterTheFirstQuestion_AreFound(string kind)
    {
        Assert.SkipUnless(kind == "embedded" || RedisServerProcess.IsInstalled, RedisServerProcess.WhyMissing);
        await using IRedisServer server = kind == "embedded" ? await NexusRedisProcess.StartAsync() : await RedisServerProcess.StartAsync();
        await using var redis = await ConnectionMultiplexer.ConnectAsync(server.ConnectionString);
        var verdicts = new RedisVerdicts(redis, new HeartbeatTiming(TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(30)));
        var (early, late, healthy) = (Claimed("early", 1), Claimed("late", 2), Claimed("healthy", 3));
        await AppendAsync(EventTypes.TaskStalled, "early", 1);
        for (var i = 0; i < 2_500; i++)
        {
            await AppendAsync(EventTypes.TaskStarted, "healthy", 3);
        }

        Assert.Equal([early], await verdicts.FindOrphanedAsync([early, late, healthy]));
        await AppendAsync(EventTypes.TaskStalled, "late", 2);
        await AppendAsync(EventTypes.TaskStalled, "healthy", 7);

        Assert.Equal([early, late], await verdicts.FindOrphanedAsync([early, late, healthy]));
        Assert.Empty(await verdicts.FindOrphanedAsync([]));

        Task AppendAsync(string type, string task, int worker) => redis.GetDatabase().StreamAddAsync(
            LogKeys.Log,
            LogKeys.EventField,
            EventJson.ToUtf8(new MonitoringEvent
            {
                EventId = "e",
                Timestamp = DateTimeOffset.UtcNow,
                EventType = type,
                TaskId = task,
                WorkerId = worker,
            }));
    }

    private static ClaimedJob Claimed(string task, int worker) =>
        new(new WorkerLease(worker, "token"), "settler", Jobs.New() with { TaskId = task }, task);
}
