namespace Nexus.Coordinator.Sim.Tests.Queues;

public sealed class EmbeddedQueueTests(EmbeddedQueueTests.Server server) : RedisQueueSuite(server), IClassFixture<EmbeddedQueueTests.Server>
{
    public sealed class Server : QueueServer
    {
        protected override async Task<IRedisServer?> StartAsync() => await NexusRedisProcess.StartAsync();
    }
}
