using Microsoft.Extensions.Logging;
using Nexus.Monitoring.Client.Telemetry;

namespace Nexus.Monitoring.Client.Publishing;

/// <summary>Puts the publisher together: the caller's half, the buffer, the sender.</summary>
internal sealed class PublisherPipeline
{
    public PublisherPipeline(
        PublisherSettings settings,
        IEventTransport transport,
        IEnumerable<IPublishObserver> observers,
        PublisherMetrics metrics,
        TimeProvider timeProvider,
        ILoggerFactory loggers)
    {
        var buffer = new EventBuffer(settings.Capacity) { OnDropped = metrics.Dropped };
        var encoder = new EventEncoder(settings.MaxEventBytes, settings.Source);
        var reporter = new DropReporter(buffer, encoder, timeProvider, loggers.CreateLogger<DropReporter>());
        Publisher = new MonitoringPublisher(buffer, timeProvider, settings.MaxEventBytes, loggers.CreateLogger<MonitoringPublisher>());
        Sender = new PublisherSender(
            buffer,
            new BatchBuilder(buffer, encoder, reporter, transport.MaxBatchBytes),
            reporter,
            transport,
            new PublishObservers(observers, loggers.CreateLogger<PublishObservers>()),
            settings,
            metrics,
            timeProvider,
            loggers.CreateLogger<PublisherSender>());
        metrics.ObservePending(() => buffer.Pending);
    }

    public MonitoringPublisher Publisher { get; }

    public PublisherSender Sender { get; }
}
