using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Nexus.Monitoring.Client.Configuration;
using Nexus.Monitoring.Client.Http;
using Nexus.Monitoring.Client.Log;
using Nexus.Monitoring.Client.Publishing;
using Nexus.Monitoring.Client.Redis;
using Nexus.Monitoring.Client.Telemetry;
using Nexus.Monitoring.Client.Workers;
using StackExchange.Redis;

namespace Nexus.Monitoring.Client;

/// <summary>Adds Nexus to a process that is to be watched.</summary>
public static class MonitoringBuilderExtensions
{
    /// <summary>Name of the HTTP client of <see cref="AddNexusMonitoringHttp"/>.</summary>
    public const string HttpClientName = "Nexus.Monitoring.Publisher";

    /// <summary>
    /// Adds <see cref="IMonitoringPublisher"/> and <see cref="IEventLogWriter"/> over Redis. Uses the registered
    /// <see cref="IConnectionMultiplexer"/>; where there is none, registers one for the connection string
    /// <paramref name="connectionName"/>, or else <c>REDIS_URL</c>. Redis need not be there when the process starts.
    /// </summary>
    /// <param name="builder">The application.</param>
    /// <param name="connectionName">Name of the connection string.</param>
    /// <param name="configure">Changes the options after the configuration was read.</param>
    /// <exception cref="OptionsValidationException">At start: an option is out of its range.</exception>
    public static TBuilder AddNexusMonitoring<TBuilder>(
        this TBuilder builder, string connectionName = "redis", Action<MonitoringOptions>? configure = null)
        where TBuilder : IHostApplicationBuilder
    {
        ArgumentNullException.ThrowIfNull(builder);
        var services = builder.Services;
        AddPublisher(builder, configure);
        services.TryAddSingleton<IConnectionMultiplexer>(provider => Connect(provider, connectionName));
        services.TryAddSingleton(provider => new RedisAnnouncer(
            provider.GetRequiredService<IConnectionMultiplexer>(),
            OptionsOf(provider).PublishChannels,
            provider.GetRequiredService<ILogger<RedisAnnouncer>>()));
        services.TryAddSingleton<IEventAnnouncer>(provider => provider.GetRequiredService<RedisAnnouncer>());
        services.TryAddSingleton<IEventTransport>(provider => new RedisTransport(
            provider.GetRequiredService<IConnectionMultiplexer>(), Producer(provider), provider.GetRequiredService<RedisAnnouncer>()));
        services.TryAddSingleton<IWorkerPresence>(provider => new RedisPresence(
            provider.GetRequiredService<IConnectionMultiplexer>(),
            provider.GetRequiredService<PublisherSettings>().Source,
            provider.GetRequiredService<ILogger<RedisPresence>>()));
        services.TryAddSingleton<IEventLogWriter>(provider => new RedisLogWriter(
            Producer(provider),
            id => new RedisProducer(
                provider.GetRequiredService<IConnectionMultiplexer>(), id, OptionsOf(provider).LogMaxLength, isNew: false),
            provider.GetRequiredService<RedisAnnouncer>(),
            new RetrySchedule(OptionsOf(provider).RetryAttempts, OptionsOf(provider).RetryDelay),
            provider.GetRequiredService<TimeProvider>()));
        return builder;
    }

    /// <summary>
    /// Adds <see cref="IMonitoringPublisher"/> over HTTP, for processes that hold no Redis credentials: events go to <c>POST /api/events</c>. There
    /// is no <see cref="IEventLogWriter"/>, and workers' heartbeats are events only.
    /// </summary>
    /// <param name="builder">The application.</param>
    /// <param name="baseAddress">
    /// Where the monitoring service is, for example <c>http://localhost:8000</c>; or its name, if service discovery is added to the
    /// application's HTTP clients.
    /// </param>
    /// <param name="configure">Changes the options after the configuration was read.</param>
    /// <returns>The HTTP client's builder, for handlers of your own, for example credentials.</returns>
    /// <exception cref="OptionsValidationException">At start: an option is out of its range.</exception>
    public static IHttpClientBuilder AddNexusMonitoringHttp(
        this IHostApplicationBuilder builder, Uri baseAddress, Action<MonitoringOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var root = BaseAddress.Check(baseAddress);
        var services = builder.Services;
        AddPublisher(builder, configure);
        services.TryAddSingleton<IEventTransport>(provider => new HttpTransport(
            provider.GetRequiredService<IHttpClientFactory>(), HttpClientName));
        services.TryAddSingleton<IWorkerPresence, NoPresence>();
        return services.AddHttpClient(HttpClientName, http => http.BaseAddress = root);
    }

    /// <summary>
    /// Adds a worker that lives as long as the host runs, as <see cref="WorkerHeartbeat"/>: under the key <paramref name="workerId"/>, and, if it
    /// is the first, without a key too. For workers that come and go use <see cref="IWorkerHeartbeats"/>.
    /// </summary>
    /// <param name="builder">The application, to which the publisher is added as well.</param>
    /// <param name="workerId">The worker's id; unique over all processes that share a log.</param>
    /// <param name="projectId">The project it works for; null when it serves all.</param>
    /// <param name="message">One line for people.</param>
    public static TBuilder AddWorkerHeartbeat<TBuilder>(
        this TBuilder builder, int workerId, string? projectId = null, string? message = null)
        where TBuilder : IHostApplicationBuilder
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentOutOfRangeException.ThrowIfNegative(workerId);
        var details = new WorkerDetails { WorkerId = workerId, ProjectId = projectId, Message = message };
        builder.Services.AddKeyedSingleton(workerId, (provider, _) => provider.GetRequiredService<IWorkerHeartbeats>().Start(details));
        builder.Services.TryAddSingleton(provider => provider.GetRequiredKeyedService<WorkerHeartbeat>(workerId));
        builder.Services.AddSingleton<IHostedService>(provider => new HostedWorker(provider.GetRequiredKeyedService<WorkerHeartbeat>(workerId)));
        return builder;
    }

    private static void AddPublisher(IHostApplicationBuilder builder, Action<MonitoringOptions>? configure)
    {
        var services = builder.Services;
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IConfigureOptions<MonitoringOptions>, MonitoringOptionsReader>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<MonitoringOptions>, MonitoringOptionsValidator>());
        var options = services.AddOptions<MonitoringOptions>().ValidateOnStart();
        if (configure is not null)
        {
            options.Configure(configure);
        }

        services.AddMetrics();
        services.TryAddSingleton<PublisherMetrics>();
        services.TryAddSingleton(provider => new PublisherSettings(
            OptionsOf(provider),
            OptionsOf(provider).Source ?? ProducerIdentity.Source(
                provider.GetRequiredService<IConfiguration>(), provider.GetRequiredService<IHostEnvironment>())));
        services.TryAddSingleton<PublisherPipeline>();
        services.TryAddSingleton<IMonitoringPublisher>(provider => OptionsOf(provider).Enabled
            ? provider.GetRequiredService<PublisherPipeline>().Publisher
            : new DisabledPublisher(provider.GetRequiredService<TimeProvider>()));
        services.TryAddSingleton<IWorkerHeartbeats>(provider => new WorkerHeartbeats(
            provider.GetRequiredService<IMonitoringPublisher>(), provider.GetRequiredService<IWorkerPresence>(), OptionsOf(provider)));
        services.AddHostedService<PublisherHost>();
    }

    private static ConnectionMultiplexer Connect(IServiceProvider provider, string connectionName)
    {
        var options = RedisAddress.Find(provider.GetRequiredService<IConfiguration>(), connectionName);
        options.LoggerFactory ??= provider.GetService<ILoggerFactory>();
        return ConnectionMultiplexer.Connect(options);
    }

    private static RedisProducer Producer(IServiceProvider provider) => new(
        provider.GetRequiredService<IConnectionMultiplexer>(), Guid.NewGuid().ToString("N"), OptionsOf(provider).LogMaxLength, isNew: true);

    private static MonitoringOptions OptionsOf(IServiceProvider provider) =>
        provider.GetRequiredService<IOptions<MonitoringOptions>>().Value;
}
