using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Nexus.Monitoring.Client.Scopes;
using Nexus.Monitoring.Contracts.Events;

namespace Nexus.Monitoring.Client.Publishing;

/// <summary>The caller's half: stamps and buffers. <see cref="PublisherSender"/> empties the buffer.</summary>
internal sealed class MonitoringPublisher(
    EventBuffer buffer, TimeProvider timeProvider, int maxEventBytes, ILogger<MonitoringPublisher> logger) : IMonitoringPublisher, IScopeObserver
{
    public bool IsEnabled => true;

    public TimeProvider TimeProvider => timeProvider;

    public PublisherStatistics Statistics => buffer.Statistics();

    public MonitoringEvent NewEvent(string eventType)
    {
        var now = timeProvider.GetUtcNow();
        return new MonitoringEvent { EventId = EventIds.Create(now), Timestamp = now, EventType = eventType };
    }

    public void Publish(MonitoringEvent monitoringEvent)
    {
        try
        {
            if (monitoringEvent is not { EventType.Length: > 0 })
            {
                buffer.Reject(DropReasons.Invalid);
                return;
            }

            buffer.Add(Detach(monitoringEvent), Activity.Current);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            buffer.Reject(DropReasons.Invalid);
        }
    }

    public async ValueTask<bool> FlushAsync(CancellationToken cancellationToken)
    {
        var wait = buffer.Flush();
        try
        {
            return await wait.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            buffer.Forget(wait);
            return false;
        }
    }

    public void EndedAgain(string what) => logger.ScopeEndedAgain(what);

    /// <summary>
    /// Makes the event safe to be written later by another thread: what the caller could still change is copied, and text that can
    /// never be sent whole does not occupy the buffer. The sender cuts it to its final length; the beginning stays the same.
    /// </summary>
    private MonitoringEvent Detach(MonitoringEvent e)
    {
        if (e.Timestamp == default)
        {
            e = e with { Timestamp = timeProvider.GetUtcNow() };
        }

        if (e.Counts is not (null or CountMap) || e.Queue is not (null or CountMap) || e.Meta is not null)
        {
            // Clone is free unless the element belongs to a document that the caller will dispose of.
            e = e with { Counts = CountMap.CopyOf(e.Counts), Queue = CountMap.CopyOf(e.Queue), Meta = e.Meta?.Clone() };
        }

        if (e.Message?.Length > maxEventBytes || e.Error?.Length > maxEventBytes)
        {
            e = e with { Message = Beginning(e.Message), Error = Beginning(e.Error) };
        }

        return e;
    }

    private string? Beginning(string? text) => text?.Length > maxEventBytes ? text[..maxEventBytes] : text;
}
