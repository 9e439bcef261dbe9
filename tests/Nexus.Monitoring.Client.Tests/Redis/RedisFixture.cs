using System.Text;
using Nexus.Monitoring.Contracts.Events;
using Nexus.Monitoring.Contracts.Log;
using StackExchange.Redis;

namespace Nexus.Monitoring.Client.Tests.Redis;

/// <summary>A real redis-server, and what a test wants to know of its log.</summary>
public sealed class RedisFixture : IAsyncLifetime
{
    public RedisServerProcess Server { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Assert.SkipUnless(RedisServerProcess.IsInstalled, RedisServerProcess.WhyMissing);
        Server = await RedisServerProcess.StartAsync();
    }

    public ValueTask DisposeAsync() => Server?.DisposeAsync() ?? ValueTask.CompletedTask;

    public async Task<List<(MonitoringEvent Event, LogPosition Position)>> ReadLogAsync()
    {
        await using var connection = await ConnectionMultiplexer.ConnectAsync(Server.ConnectionString);
        var entries = await connection.GetDatabase().StreamRangeAsync(LogKeys.Log);
        return [.. entries.Select(entry =>
        {
            Assert.True(EventJson.TryRead(Encoding.UTF8.GetBytes((string)entry[LogKeys.EventField]!), out var e, out var problem), problem);
            return (e!, LogPosition.Parse(entry.Id!));
        })];
    }
}
