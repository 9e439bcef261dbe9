using Nexus.Monitoring.Client;
using Nexus.Monitoring.Client.Redis;
using Nexus.ServiceDefaults.Chaos;
using StackExchange.Redis;

namespace Nexus.Monitoring.Api.Hosting;

internal static class RedisExtensions
{
    private const string ConnectionName = "redis";
    private const string ConnectionKey = "ConnectionStrings:" + ConnectionName;

    /// <summary>How often a lost connection is tried again; a node should be back as soon as its log is.</summary>
    private const int ReconnectMilliseconds = 500;

    /// <summary>Adds the connection to Redis and what writes to the log. Redis may be away, also at the start.</summary>
    public static void AddRedis(this IHostApplicationBuilder builder)
    {
        var (address, problem) = FindAddress(builder.Configuration);
        var cut = builder.AddRedisCut();
        builder.Services.AddOptions<MonitoringApiOptions>().Validate(_ => problem is null, problem ?? "");
        builder.AddRedisClient(
            ConnectionName,
            settings =>
            {
                settings.ConnectionString = address;
                // The log's own check says more.
                settings.DisableHealthChecks = true;
            },
            options => Configure(options, cut));
        builder.AddNexusMonitoring(ConnectionName);
    }

    private static (string? Address, string? Problem) FindAddress(IConfiguration configuration)
    {
        foreach (var key in new[] { ConnectionKey, "Monitoring:RedisUrl", "REDIS_URL" })
        {
            if (configuration[key] is { Length: > 0 } address)
            {
                try
                {
                    return (RedisAddress.Parse(key, address).ToString(includePassword: true), null);
                }
                catch (FormatException bad)
                {
                    return (null, bad.Message);
                }
            }
        }

        return (null, $"Nothing says where Redis is; set {ConnectionKey} or REDIS_URL, for example REDIS_URL=redis://localhost:6379.");
    }

    /// <summary>A command that cannot be sent fails at once, so that health and clients are told at once.</summary>
    private static void Configure(ConfigurationOptions options, RedisCut? cut)
    {
        options.AbortOnConnectFail = false;
        options.ReconnectRetryPolicy = new LinearRetry(ReconnectMilliseconds);
        options.BacklogPolicy = BacklogPolicy.FailFast;
        options.Tunnel = cut;
    }
}
