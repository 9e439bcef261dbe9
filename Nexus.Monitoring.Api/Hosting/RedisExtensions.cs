using StackExchange.Redis;

namespace Nexus.Monitoring.Api.Hosting;

internal static class RedisExtensions
{
    private const string ConnectionName = "redis";

    /// <summary>How often a lost connection is tried again; a node should be back as soon as its log is.</summary>
    private const int ReconnectMilliseconds = 500;

    public static void AddRedis(this IHostApplicationBuilder builder)
    {
        var connectionString = builder.Configuration.GetConnectionString(ConnectionName) ?? "127.0.0.1:6379";
        builder.Services.AddSingleton<IConnectionMultiplexer>(_ => ConnectionMultiplexer.Connect(connectionString, Configure));
    }

    /// <summary>Redis may be away, also at the start; a command that cannot be sent fails at once, so that health says so.</summary>
    private static void Configure(ConfigurationOptions options)
    {
        options.AbortOnConnectFail = false;
        options.ReconnectRetryPolicy = new LinearRetry(ReconnectMilliseconds);
        options.BacklogPolicy = BacklogPolicy.FailFast;
        options.ClientName = "nexus-monitoring-api";
    }
}
