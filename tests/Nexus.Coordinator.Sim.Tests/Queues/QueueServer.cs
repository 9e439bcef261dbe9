using StackExchange.Redis;

namespace Nexus.Coordinator.Sim.Tests.Queues;

/// <summary>One server for the tests of a class; each test begins with it empty.</summary>
public abstract class QueueServer : IAsyncLifetime
{
    private IRedisServer? _server;

    public async ValueTask InitializeAsync() => _server = await StartAsync();

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

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }

        GC.SuppressFinalize(this);
    }

    /// <summary>Null when the server is not installed.</summary>
    protected abstract Task<IRedisServer?> StartAsync();
}
