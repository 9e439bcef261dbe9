namespace Nexus.IntegrationTests;

public sealed class LivePathOnNexusRedisTests : LivePathTests
{
    protected override async Task<IRedisServer> StartRedisAsync() => await NexusRedisProcess.StartAsync();
}
