using Microsoft.Extensions.Logging;

namespace Nexus.Monitoring.Client.Publishing;

/// <summary>Tells the registered observers; costs nothing where there are none.</summary>
internal sealed class PublishObservers(IEnumerable<IPublishObserver> registered, ILogger<PublishObservers> logger)
{
    private readonly IPublishObserver[] _observers = [.. registered];

    public void Notify(EventBatch batch, BatchAnswer answer)
    {
        if (_observers.Length == 0)
        {
            return;
        }

        var events = new List<PublishedEvent>(batch.Events.Count);
        for (var i = 0; i < batch.Events.Count; i++)
        {
            if (answer.Refused?.Contains(i) != true)
            {
                events.Add(new PublishedEvent(batch.Events[i].EventId, answer.Positions.Count > 0 ? answer.Positions[i] : null));
            }
        }

        foreach (var observer in _observers)
        {
            try
            {
                observer.OnPublished(events);
            }
            catch (Exception exception) when (exception is not OutOfMemoryException)
            {
                logger.ObserverFailed(exception);
            }
        }
    }
}
