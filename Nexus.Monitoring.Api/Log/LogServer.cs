using Nexus.Monitoring.Client.Redis;
using Nexus.Monitoring.Contracts.Log;
using StackExchange.Redis;

namespace Nexus.Monitoring.Api.Log;

/// <summary>What is known of the server of the log, as far as it answers.</summary>
internal sealed class LogServer(IConnectionMultiplexer redis)
{
    public IReadOnlyList<string> Endpoints => [.. redis.GetEndPoints().Select(RedisLogSource.Format)];

    /// <summary>Null while there is no connection.</summary>
    public string? Version => redis.GetServers().FirstOrDefault(server => server.IsConnected)?.Version.ToString();

    /// <summary>The fencing token of the node that watches the clock; null when none does, or nobody answers.</summary>
    public async Task<long?> ReadWatchTokenAsync()
    {
        try
        {
            return (long?)await redis.GetDatabase().StringGetAsync(LogKeys.WatchLease).NotForgottenAsync();
        }
        catch (Exception error) when (RedisFailure.IsAway(error))
        {
            return null;
        }
    }
}
