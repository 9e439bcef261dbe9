using Microsoft.Extensions.Logging;
using Nexus.Monitoring.Client.Redis;
using Nexus.Monitoring.Contracts.Log;
using StackExchange.Redis;

namespace Nexus.Monitoring.Client.Workers;

/// <summary>Keeps <c>nexus:worker:heartbeat:{id}</c>, whose value names the process and the owner: <c>service/instance#owner</c>.</summary>
internal sealed class RedisPresence(IConnectionMultiplexer redis, string source, ILogger<RedisPresence> logger) : IWorkerPresence
{
    public Task ClaimAsync(int workerId, string owner, TimeSpan timeToLive) =>
        TryAsync(workerId, database => database.StringSetAsync(LogKeys.WorkerHeartbeat(workerId), Value(owner), timeToLive));

    /// <summary>A key that has expired is nobody's, and may be set again.</summary>
    public Task<bool> RenewAsync(int workerId, string owner, TimeSpan timeToLive) => TryAsync(workerId, async database =>
    {
        RedisKey key = LogKeys.WorkerHeartbeat(workerId);
        var renewal = database.CreateTransaction();
        renewal.AddCondition(Condition.StringEqual(key, Value(owner)));
        _ = renewal.KeyExpireAsync(key, timeToLive);
        return await renewal.ExecuteAsync().ConfigureAwait(false)
            || await database.StringSetAsync(key, Value(owner), timeToLive, When.NotExists).ConfigureAwait(false);
    });

    public Task RemoveAsync(int workerId, string owner) => TryAsync(workerId, database =>
    {
        RedisKey key = LogKeys.WorkerHeartbeat(workerId);
        var removal = database.CreateTransaction();
        removal.AddCondition(Condition.StringEqual(key, Value(owner)));
        _ = removal.KeyDeleteAsync(key);
        return removal.ExecuteAsync();
    });

    private string Value(string owner) => $"{source}#{owner}";

    /// <summary>What the command answers; true when Redis does not, since then nobody knows better.</summary>
    private async Task<bool> TryAsync(int workerId, Func<IDatabase, Task<bool>> command)
    {
        if (!redis.IsConnected)
        {
            return true;
        }

        try
        {
            return await command(redis.GetDatabase()).NotForgottenAsync().ConfigureAwait(false);
        }
        catch (Exception exception) when (RedisFailure.IsAway(exception))
        {
            logger.HeartbeatKeyFailed(exception, workerId);
            return true;
        }
    }
}
