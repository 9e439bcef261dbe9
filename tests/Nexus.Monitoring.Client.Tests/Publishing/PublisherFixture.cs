using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Time.Testing;
using Nexus.Monitoring.Client.Publishing;
using Nexus.Monitoring.Client.Telemetry;
using Nexus.Monitoring.Contracts.Events;

namespace Nexus.Monitoring.Client.Tests.Publishing;

/// <summary>A publisher on fake time over a log in memory. Its sender runs from <see cref="Start"/> on.</summary>
internal sealed class PublisherFixture : IAsyncDisposable
{
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly PublisherPipeline _pipeline;

    public PublisherFixture(Action<MonitoringOptions>? configure = null, params IPublishObserver[] observers)
    {
        var options = new MonitoringOptions();
        configure?.Invoke(options);
        var metrics = new PublisherMetrics(Meters);
        var loggers = LoggerFactory.Create(logging => logging.SetMinimumLevel(LogLevel.Debug).AddProvider(new FakeLoggerProvider(Logs)));
        _pipeline = new PublisherPipeline(new PublisherSettings(options, "tests/1"), Transport, observers, metrics, Time, loggers);
    }

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 11, 23, 12, 0, 0, TimeSpan.Zero));

    public FakeTransport Transport { get; } = new();

    public FakeLogCollector Logs { get; } = new();

    public IMeterFactory Meters => _services.GetRequiredService<IMeterFactory>();

    public IMonitoringPublisher Publisher => _pipeline.Publisher;

    public IEnumerable<string?> TaskIds => Transport.Log.Select(e => e.TaskId);

    public MetricCollector<T> Collect<T>(string instrument)
        where T : struct => new(Meters, ClientTelemetry.Name, instrument);

    public void Start() => _pipeline.Sender.Start();

    public Task StopAsync() => _pipeline.Sender.StopAsync(CancellationToken.None);

    public void Publish(params string[] taskIds) => PublishAs(EventTypes.TaskCompleted, taskIds);

    public void PublishAs(string eventType, params string[] taskIds)
    {
        foreach (var id in taskIds)
        {
            Publisher.Publish(Publisher.NewEvent(eventType) with { TaskId = id });
        }
    }

    public async Task FlushAsync()
    {
        using var deadline = new CancellationTokenSource(Eventually.DefaultDeadline);
        Assert.True(await Publisher.FlushAsync(deadline.Token), "everything is sent");
    }

    public async ValueTask DisposeAsync()
    {
        Transport.Release();
        Transport.IsAway = false;
        var disposing = _pipeline.Sender.DisposeAsync().AsTask();
        await Eventually.IsTrueAsync(
            () =>
            {
                Time.Advance(TimeSpan.FromSeconds(5));
                return disposing.IsCompleted;
            },
            "the sender stops");
        await disposing;
        await _services.DisposeAsync();
    }
}
