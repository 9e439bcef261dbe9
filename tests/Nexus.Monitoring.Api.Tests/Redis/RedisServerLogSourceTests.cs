namespace Nexus.Monitoring.Api.Tests.Redis;

public sealed class RedisServerLogSourceTests : LogSourceTests
{
    protected override async Task<IRedisServer> StartAsync()
    {
        Assert.SkipUnless(RedisServerProcess.IsInstalled, RedisServerProcess.WhyMissing);
        return await RedisServerProcess.StartAsync();
    }
}
