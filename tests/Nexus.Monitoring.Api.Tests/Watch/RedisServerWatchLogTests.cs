namespace Nexus.Monitoring.Api.Tests.Watch;

public sealed class RedisServerWatchLogTests : WatchLogTests
{
    protected override async Task<IRedisServer> StartAsync()
    {
        Assert.SkipUnless(RedisServerProcess.IsInstalled, RedisServerProcess.WhyMissing);
        return await RedisServerProcess.StartAsync();
    }
}
