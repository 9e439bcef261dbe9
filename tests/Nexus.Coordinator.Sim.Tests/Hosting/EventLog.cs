using System.Text;
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

    public Task<long> CountAsync() => redis.GetDatabase().StreamLengthAsync(LogKeys.Log);

    public async Task<IReadOnlyList<MonitoringEvent>> ReadAsync()
    {
        var entries = await redis.GetDatabase().StreamRangeAsync(LogKeys.Log);
        return [.. entries.Select(entry => Parse(entry[LogKeys.EventField]!))];
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

    private static MonitoringEvent Parse(string json)
    {
        Assert.True(EventJson.TryRead(Encoding.UTF8.GetBytes(json), out var e, out var problem), problem);
        return e;
    }
}
