namespace Nexus.Coordinator.Sim.Tests.Queues;

public sealed class RedisQueueTests(RedisQueueTests.Server server) : RedisQueueSuite(server), IClassFixture<RedisQueueTests.Server>
{
    public sealed class Server : QueueServer
    {
        protected override async Task<IRedisServer?> StartAsync() =>
            RedisServerProcess.IsInstalled ? await RedisServerProcess.StartAsync() : null;
    }
}
