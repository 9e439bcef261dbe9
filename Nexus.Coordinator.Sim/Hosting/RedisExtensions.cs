using Microsoft.Extensions.Options;
using Nexus.Monitoring.Client.Redis;
using Nexus.ServiceDefaults.Chaos;
using StackExchange.Redis;

namespace Nexus.Coordinator.Sim.Hosting;

internal static class RedisExtensions
{
    private const string ConnectionName = "redis";

    /// <summary>How often a lost connection is tried again; work goes on as soon as Redis is back.</summary>
    private const int ReconnectMilliseconds = 500;

    /// <summary>
    /// The connection of queue and events, with its health check. A command that cannot be sent fails at once: what is asked for while
    /// Redis is away must not be carried out when nobody expects it any more.
    /// </summary>
    public static void AddRedis(this IHostApplicationBuilder builder)
    {
        var cut = builder.AddRedisCut();
        builder.AddRedisClient(
            ConnectionName,
            settings => settings.ConnectionString = FindAddress(builder.Configuration),
            options =>
            {
                options.AbortOnConnectFail = false;
                options.ReconnectRetryPolicy = new LinearRetry(ReconnectMilliseconds);
                options.BacklogPolicy = BacklogPolicy.FailFast;
                options.ClientName = "nexus-coordinator-sim";
                options.Tunnel = cut;
            });
    }

    private static string FindAddress(IConfiguration configuration)
    {
        try
        {
            return RedisAddress.Find(configuration, ConnectionName).ToString(includePassword: true);
        }
        catch (Exception exception) when (exception is InvalidOperationException or FormatException)
        {
            throw new OptionsValidationException(ConnectionName, typeof(ConfigurationOptions), [exception.Message]);
        }
    }
}
