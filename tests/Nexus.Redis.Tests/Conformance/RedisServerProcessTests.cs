using StackExchange.Redis;

namespace Nexus.Redis.Tests.Conformance;

public sealed class RedisServerProcessTests
{
    [Fact]
    public async Task RestartAsync_AfterKill_KeepsWhatWasAcknowledged()
    {
        Assert.SkipUnless(RedisServerProcess.IsInstalled, RedisServerProcess.WhyMissing);
        await using var server = await RedisServerProcess.StartAsync();
        var port = server.Port;
        using (var before = await ConnectionMultiplexer.ConnectAsync(server.ConnectionString))
        {
            await before.GetDatabase().StringSetAsync("kept", "yes");
        }

        await server.KillAsync();
        Assert.False(server.IsRunning);
        await server.RestartAsync();

        using var after = await ConnectionMultiplexer.ConnectAsync(server.ConnectionString);
        Assert.Equal("yes", await after.GetDatabase().StringGetAsync("kept"));
        Assert.Equal(port, server.Port);
    }

    [Fact]
    public async Task Pause_WhileConnected_NothingIsAnsweredUntilResume()
    {
        Assert.SkipUnless(RedisServerProcess.IsInstalled, RedisServerProcess.WhyMissing);
        await using var server = await RedisServerProcess.StartAsync();
        using var connection = await ConnectionMultiplexer.ConnectAsync($"{server.ConnectionString},asyncTimeout=20000");

        server.Pause();
        var ping = connection.GetDatabase().PingAsync();
        await Assert.ThrowsAsync<TimeoutException>(() => ping.WaitAsync(TimeSpan.FromMilliseconds(200)));
        server.Resume();

        await ping.WaitAsync(Eventually.DefaultDeadline);
    }
}
