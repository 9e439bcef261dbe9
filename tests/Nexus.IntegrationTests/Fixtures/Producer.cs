using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Nexus.Monitoring.Client;
using Nexus.Monitoring.Client.Publishing;

namespace Nexus.IntegrationTests.Fixtures;

/// <summary>An agent with the client library, that writes down which of its events it was told are in the log, in that order.</summary>
public sealed class Producer : IPublishObserver, IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly List<string> _acknowledged = [];
    private readonly IHost _host;

    private Producer(IRedisServer redis)
    {
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Configuration.AddInMemoryCollection([new("ConnectionStrings:redis", redis.ConnectionString)]);
        builder.AddNexusMonitoring("redis");
        builder.Services.AddSingleton<IPublishObserver>(this);
        _host = builder.Build();
        Publisher = _host.Services.GetRequiredService<IMonitoringPublisher>();
    }

    public IMonitoringPublisher Publisher { get; }

    public IReadOnlyList<string> Acknowledged
    {
        get
        {
            lock (_gate)
            {
                return [.. _acknowledged];
            }
        }
    }

    public static async Task<Producer> StartAsync(IRedisServer redis)
    {
        var producer = new Producer(redis);
        await producer._host.StartAsync();
        return producer;
    }

    public void Publish(string eventType, int count = 1, string? projectId = null)
    {
        for (var i = 0; i < count; i++)
        {
            Publisher.Publish(Publisher.NewEvent(eventType) with { ProjectId = projectId, TaskId = $"t{i}" });
        }
    }

    /// <summary>Publishes at a steady rate until cancelled.</summary>
    public async Task PublishSteadilyAsync(string eventType, int perSecond, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
        while (!cancellationToken.IsCancellationRequested)
        {
            Publish(eventType, perSecond / 100);
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
        lock (_gate)
        {
            foreach (var e in events)
            {
                _acknowledged.Add(e.EventId);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
    }
}
