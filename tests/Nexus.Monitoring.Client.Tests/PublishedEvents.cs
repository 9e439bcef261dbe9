using Nexus.Monitoring.Client.Publishing;

namespace Nexus.Monitoring.Client.Tests;

/// <summary>Everything the log acknowledged, in the order of the acknowledgements.</summary>
internal sealed class PublishedEvents : IPublishObserver
{
    private readonly List<PublishedEvent> _events = [];

    public IReadOnlyList<PublishedEvent> All
    {
        get
        {
            lock (_events)
            {
                return [.. _events];
            }
        }
    }

    public void OnPublished(IReadOnlyList<PublishedEvent> events)
    {
        lock (_events)
        {
            _events.AddRange(events);
        }
    }
}
