namespace Nexus.Monitoring.Api.Tests.Watch;

public sealed class NexusRedisWatchLogTests : WatchLogTests
{
    protected override async Task<IRedisServer> StartAsync() => await NexusRedisProcess.StartAsync();
}
