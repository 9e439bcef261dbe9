namespace Nexus.Monitoring.Api.Tests.Views;

public sealed class RedisServerSharedViewTests : SharedViewTests
{
    protected override async Task<IRedisServer> StartAsync()
    {
        Assert.SkipUnless(RedisServerProcess.IsInstalled, RedisServerProcess.WhyMissing);
        return await RedisServerProcess.StartAsync();
    }
}
