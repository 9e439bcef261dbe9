using StackExchange.Redis;

namespace Nexus.Redis.Tests.Conformance;

/// <summary>What this system relies on in a Redis server, run against redis-server and the embedded server alike.</summary>
public abstract partial class RedisConformance(ConformanceServer server) : IAsyncLifetime
{
    private readonly string _prefix = Guid.NewGuid().ToString("N");

    private IDatabase Db => server.Connection.GetDatabase();

    public ValueTask InitializeAsync()
    {
        Assert.SkipWhen(server.WhyMissing is not null, server.WhyMissing ?? "");
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    /// <summary>A key that no other test uses.</summary>
    private string Key(string name) => $"{_prefix}:{name}";

    private Task<RespConnection> OpenAsync() => RespConnection.OpenAsync(server.Port);
}
