using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Nexus.AppHost.Redis;

/// <summary>
/// Which Redis holds the log: one that was given, else a container where an engine answers, else the embedded server.
/// <c>Nexus:Redis:Use</c> decides it outright: <c>given</c>, <c>container</c>, <c>embedded</c>.
/// </summary>
internal static partial class NexusRedis
{
    private const string ChoiceKey = "Nexus:Redis:Use";

    public static IResourceBuilder<IResourceWithConnectionString> AddNexusRedis(this IDistributedApplicationBuilder builder, string name)
    {
        var given = GivenConnection(builder.Configuration, name);
        var choice = builder.Configuration[ChoiceKey] ?? (given is not null ? "given" : ContainerEngine.CanRunFor(builder) ? "container" : "embedded");
        return choice switch
        {
            "given" => builder.AddGiven(name, given
                ?? throw new DistributedApplicationException($"{ChoiceKey} is 'given', but neither ConnectionStrings:{name} nor REDIS_URL is set.")),
            "container" => builder.AddContainer(name),
            "embedded" => builder.AddEmbedded(name),
            _ => throw new DistributedApplicationException($"{ChoiceKey} is '{choice}'; it must be 'given', 'container' or 'embedded'."),
        };
    }

    private static string? GivenConnection(ConfigurationManager configuration, string name)
    {
        if (configuration.GetConnectionString(name) is { Length: > 0 } connectionString)
        {
            return connectionString;
        }

        return configuration["REDIS_URL"] is { Length: > 0 } url ? RedisUrl.ToConnectionString(url) : null;
    }

    private static IResourceBuilder<IResourceWithConnectionString> AddGiven(
        this IDistributedApplicationBuilder builder, string name, string connectionString)
    {
        builder.Announce(logger => logger.Given());
        return builder.AddConnectionString(name, ReferenceExpression.Create($"{connectionString}")).WithPing(name);
    }

    private static IResourceBuilder<IResourceWithConnectionString> AddContainer(this IDistributedApplicationBuilder builder, string name)
    {
        builder.Announce(logger => logger.Container());
        return builder.AddRedis(name);
    }

    private static IResourceBuilder<IResourceWithConnectionString> AddEmbedded(this IDistributedApplicationBuilder builder, string name)
    {
        var data = Path.GetFullPath(builder.Configuration["Nexus:Redis:Data"] ?? Path.Combine(builder.AppHostDirectory, "..", ".data", "redis"));
        builder.Announce(logger => logger.Embedded(data));

        var server = builder.AddService<Projects.Nexus_Redis>($"{name}-server")
            .WithEndpoint(builder.Configuration.GetValue<int?>("Nexus:Redis:Port"), scheme: "tcp", env: "NEXUS_REDIS_PORT")
            .WithEnvironment("NEXUS_REDIS_DATA", data);
        var endpoint = server.GetEndpoint("tcp");
        return builder
            .AddConnectionString(name, ReferenceExpression.Create($"{endpoint.Property(EndpointProperty.Host)}:{endpoint.Property(EndpointProperty.Port)}"))
            .WithPing(name);
    }

    private static IResourceBuilder<ConnectionStringResource> WithPing(this IResourceBuilder<ConnectionStringResource> redis, string name)
    {
        var key = $"{name}_ping";
        redis.ApplicationBuilder.Services.AddHealthChecks().AddCheck(key, new RedisPing(redis.Resource));
        return redis.WithHealthCheck(key);
    }

    private static void Announce(this IDistributedApplicationBuilder builder, Action<ILogger> line)
    {
        builder.OnBeforeStart((start, _) =>
        {
            line(start.Services.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(NexusRedis).FullName!));
            return Task.CompletedTask;
        });
    }

    [LoggerMessage(1, LogLevel.Information, "Redis: the one that was given (ConnectionStrings:redis or REDIS_URL).")]
    private static partial void Given(this ILogger logger);

    [LoggerMessage(2, LogLevel.Information, "Redis: a container, because a container engine answers.")]
    private static partial void Container(this ILogger logger);

    [LoggerMessage(3, LogLevel.Information, "Redis: the embedded server, its data in {Folder}. To use your own, set REDIS_URL.")]
    private static partial void Embedded(this ILogger logger, string folder);
}
