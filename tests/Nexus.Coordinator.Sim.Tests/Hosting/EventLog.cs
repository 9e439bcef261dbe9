using Nexus.Monitoring.Client.Redis;
using Nexus.Monitoring.Contracts.Events;
using Nexus.Monitoring.Contracts.Log;
using StackExchange.Redis;

namespace Nexus.Coordinator.Sim.Tests.Hosting;

/// <summary>What a simulator left in Redis.</summary>
internal sealed class EventLog(IConnectionMultiplexer redis)
{
    private static readonly string[] Lists = [LogKeys.HighPriorityTasks, LogKeys.NormalPriorityTasks, LogKeys.LowPriorityTasks];

    public static async Task<EventLog> ConnectAsync(IRedisServer server) =>
        new(await ConnectionMultiplexer.ConnectAsync($"{server.ConnectionString},abortConnect=false"));

    public async Task<long> CountAsync() => (long?)await redis.GetDatabase().StringGetAsync(LogKeys.EventCount) ?? 0;

    public async Task<IReadOnlyList<MonitoringEvent>> ReadAsync()
    {
        var entries = await redis.GetDatabase().StreamRangeAsync(LogKeys.Log);
        return [.. entries.SelectMany(entry => entry.ReadEvents()).Select(one => Parse(one.Json.Span))];
    }

    /// <summary>No job, no worker, no run; what expires by itself may still be there.</summary>
    public void AssertNothingIsLeft()
    {
        var keys = redis.GetServers()[0].Keys(pattern: "nexus:*").Select(key => key.ToString()).ToList();
        Assert.DoesNotContain(keys, key => Lists.Contains(key));
        Assert.DoesNotContain(keys, key => key.StartsWith("nexus:tasks:", StringComparison.Ordinal) && !key.StartsWith("nexus:tasks:settled:", StringComparison.Ordinal));
        Assert.DoesNotContain(keys, key => key.StartsWith("nexus:worker", StringComparison.Ordinal));
        Assert.DoesNotContain("nexus:runs", keys);
    }

    private static MonitoringEvent Parse(ReadOnlySpan<byte> json)
    {
        Assert.True(EventJson.TryRead(json, out var e, out var problem), problem);
        return e;
    }
}
