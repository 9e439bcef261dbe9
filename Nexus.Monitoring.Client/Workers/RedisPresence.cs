using Microsoft.Extensions.Logging;
using Nexus.Monitoring.Client.Redis;
using Nexus.Monitoring.Contracts.Log;
using StackExchange.Redis;

namespace Nexus.Monitoring.Client.Workers;

/// <summary>Keeps <c>nexus:worker:heartbeat:{id}</c>, whose value names the process.</summary>
internal sealed class RedisPresence(IConnectionMultiplexer redis, string source, ILogger<RedisPresence> logger) : IWorkerPresence
{
    public Task RenewAsync(int workerId, TimeSpan timeToLive) =>
        TryAsync(workerId, database => database.StringSetAsync(LogKeys.WorkerHeartbeat(workerId), source, timeToLive));

    public Task RemoveAsync(int workerId) => TryAsync(workerId, database => database.KeyDeleteAsync(LogKeys.WorkerHeartbeat(workerId)));

    private async Task TryAsync(int workerId, Func<IDatabase, Task> command)
    {
        if (!redis.IsConnected)
        {
            return;
        }

        try
        {
            await command(redis.GetDatabase()).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is RedisException or TimeoutException or ObjectDisposedException)
        {
            logger.HeartbeatKeyFailed(exception, workerId);
        }
    }
}
