namespace Nexus.Monitoring.Api.Tests.Views;

public sealed class NexusRedisSharedViewTests : SharedViewTests
{
    protected override async Task<IRedisServer> StartAsync() => await NexusRedisProcess.StartAsync();
}
