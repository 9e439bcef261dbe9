using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Nexus.Monitoring.Client;
using Nexus.Monitoring.Client.Publishing;
using Nexus.Testing.Delivery;

namespace Nexus.IntegrationTests.Fixtures;

/// <summary>An agent with the client library, that writes down which of its events it was told are in the log, in that order.</summary>
public sealed class Producer : IPublishObserver, IAsyncDisposable
{
    private const int TicksPerSecond = 50;

    private readonly IHost _host;

    private Producer(IRedisServer redis, IEnumerable<KeyValuePair<string, string?>> settings)
    {
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Configuration.AddInMemoryCollection([new("ConnectionStrings:redis", redis.ConnectionString), .. settings]);
        builder.AddNexusMonitoring("redis");
        builder.Services.AddSingleton<IPublishObserver>(this);
        _host = builder.Build();
        Publisher = _host.Services.GetRequiredService<IMonitoringPublisher>();
    }

    public IMonitoringPublisher Publisher { get; }

    public DeliveryLedger Ledger { get; } = new();

    public static async Task<Producer> StartAsync(IRedisServer redis, params IEnumerable<KeyValuePair<string, string?>> settings)
    {
        var producer = new Producer(redis, settings);
        await producer._host.StartAsync();
        return producer;
    }

    public void Publish(string eventType, int count = 1, string? projectId = null, string? message = null)
    {
        for (var i = 0; i < count; i++)
        {
            var e = Publisher.NewEvent(eventType) with { ProjectId = projectId, TaskId = $"t{i}", Message = message };
            Ledger.Publish(e);
            Publisher.Publish(e);
        }
    }

    /// <summary>Publishes at a steady rate until cancelled.</summary>
    public async Task PublishSteadilyAsync(string eventType, int perSecond, CancellationToken cancellationToken, params string?[] projects)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1.0 / TicksPerSecond));
        for (var tick = 0; !cancellationToken.IsCancellationRequested; tick++)
        {
            Publish(eventType, perSecond / TicksPerSecond, projects.Length > 0 ? projects[tick % projects.Length] : null);
            try
            {
                await timer.WaitForNextTickAsync(cancellationToken);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    public async Task FlushAsync()
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        Assert.True(await Publisher.FlushAsync(deadline.Token), "Not every event reached the log.");
    }

    public void OnPublished(IReadOnlyList<PublishedEvent> events)
    {
        foreach (var e in events)
        {
            Ledger.Acknowledge(e.EventId, e.Position);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
    }
}
