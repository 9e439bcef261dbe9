namespace Nexus.IntegrationTests;

public sealed class LivePathOnRedisServerTests : LivePathTests
{
    protected override async Task<IRedisServer> StartRedisAsync()
    {
        Assert.SkipUnless(RedisServerProcess.IsInstalled, RedisServerProcess.WhyMissing);
        return await RedisServerProcess.StartAsync();
    }
}
