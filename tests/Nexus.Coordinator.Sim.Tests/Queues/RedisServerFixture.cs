using StackExchange.Redis;

namespace Nexus.Coordinator.Sim.Tests.Queues;

/// <summary>One redis-server for the tests of a class; each test begins with it empty.</summary>
public sealed class RedisServerFixture : IAsyncLifetime
{
    private RedisServerProcess? _server;

    public async ValueTask InitializeAsync()
    {
        if (RedisServerProcess.IsInstalled)
        {
            _server = await RedisServerProcess.StartAsync();
        }
    }

    public async Task<IConnectionMultiplexer> ConnectAsync()
    {
        Assert.SkipUnless(_server is not null, RedisServerProcess.WhyMissing);
        return await ConnectionMultiplexer.ConnectAsync($"{_server!.ConnectionString},allowAdmin=true");
    }

    public async Task EmptyAsync()
    {
        await using var connection = await ConnectAsync();
        await connection.GetServers()[0].FlushAllDatabasesAsync();
    }

    public ValueTask DisposeAsync() => _server?.DisposeAsync() ?? ValueTask.CompletedTask;
}
