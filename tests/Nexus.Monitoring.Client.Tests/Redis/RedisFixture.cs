using Nexus.Monitoring.Client.Redis;
using Nexus.Monitoring.Contracts.Events;
using Nexus.Monitoring.Contracts.Log;
using StackExchange.Redis;

namespace Nexus.Monitoring.Client.Tests.Redis;

/// <summary>A server with a log, and what a test wants to know of it.</summary>
public sealed class RedisFixture(bool isEmbedded) : IAsyncLifetime
{
    public IRedisServer Server { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Assert.SkipUnless(isEmbedded || RedisServerProcess.IsInstalled, RedisServerProcess.WhyMissing);
        Server = isEmbedded ? await NexusRedisProcess.StartAsync() : await RedisServerProcess.StartAsync();
    }

    public ValueTask DisposeAsync() => Server?.DisposeAsync() ?? ValueTask.CompletedTask;

    public async Task<List<(MonitoringEvent Event, LogPosition Position)>> ReadLogAsync()
    {
        await using var connection = await ConnectionMultiplexer.ConnectAsync(Server.ConnectionString);
        var entries = await connection.GetDatabase().StreamRangeAsync(LogKeys.Log);
        return [.. entries.SelectMany(entry => entry.ReadEvents()).Select(one =>
        {
            Assert.True(EventJson.TryRead(one.Json.Span, out var e, out var problem), problem);
            return (e!, one.Position);
        })];
    }
}
