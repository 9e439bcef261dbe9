namespace Nexus.Monitoring.Api.Tests.Redis;

public sealed class NexusRedisLogSourceTests : LogSourceTests
{
    protected override async Task<IRedisServer> StartAsync() => await NexusRedisProcess.StartAsync();
}
