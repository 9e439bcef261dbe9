using Microsoft.Extensions.Diagnostics.HealthChecks;
using StackExchange.Redis;

namespace Nexus.AppHost.Redis;

/// <summary>Asks Redis for a sign of life over a connection of its own, closed afterwards.</summary>
internal sealed class RedisPing(IResourceWithConnectionString redis) : IHealthCheck
{
    private const int TimeoutMilliseconds = 3000;

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var connectionString = await redis.GetConnectionStringAsync(cancellationToken) ?? "";
        try
        {
            var options = ConfigurationOptions.Parse(connectionString);
            options.AbortOnConnectFail = true;
            options.ConnectRetry = 0;
            options.ConnectTimeout = TimeoutMilliseconds;
            await using var connection = await ConnectionMultiplexer.ConnectAsync(options);
            await connection.GetDatabase().PingAsync().WaitAsync(cancellationToken);
            return HealthCheckResult.Healthy();
        }
        catch (RedisException problem)
        {
            return HealthCheckResult.Unhealthy($"no Redis answers at {Addresses(connectionString)} ({Reason(problem)}); start it, or correct ConnectionStrings:redis or REDIS_URL");
        }
        catch (ArgumentException problem)
        {
            return HealthCheckResult.Unhealthy($"the connection string of Redis cannot be read: {problem.Message}");
        }
    }

    /// <summary>Without the options, among which a password may be.</summary>
    private static string Addresses(string connectionString) =>
        string.Join(", ", connectionString.Split(',').Where(part => !part.Contains('=', StringComparison.Ordinal)));

    private static string Reason(RedisException problem) => problem switch
    {
        RedisConnectionException { FailureType: var type } => type.ToString(),
        _ => problem.Message,
    };
}
