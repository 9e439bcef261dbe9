using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using StackExchange.Redis;

namespace Microsoft.Extensions.Hosting;

internal sealed class RedisHealthCheck(IServiceProvider services) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            var redis = services.GetRequiredService<IConnectionMultiplexer>();
            if (!redis.IsConnected)
            {
                return Unhealthy(context, $"Redis at {Endpoints(redis)} is not connected; connecting goes on.");
            }

            await redis.GetDatabase().PingAsync().WaitAsync(cancellationToken);
            return HealthCheckResult.Healthy();
        }
        catch (Exception problem) when (problem is RedisException or TimeoutException or InvalidOperationException or ArgumentException)
        {
            return Unhealthy(context, $"Redis does not answer: {problem.Message}", problem);
        }
    }

    private static HealthCheckResult Unhealthy(HealthCheckContext context, string description, Exception? problem = null) =>
        new(context.Registration.FailureStatus, description, problem);

    private static string Endpoints(IConnectionMultiplexer redis) => string.Join(", ", (IEnumerable<EndPoint>)redis.GetEndPoints());
}
