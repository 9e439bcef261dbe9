namespace Nexus.Monitoring.Client.Publishing;

/// <summary>
/// Learns which events are in the log. Meant for tests and fault checkers that must know exactly what was acknowledged; register
/// implementations as services. Called by the background sender, one batch after the other: a slow observer slows sending down, and
/// an exception is logged and ignored. A flush that waits for these events ends after the call.
/// </summary>
public interface IPublishObserver
{
    /// <summary>These events are in the log, in this order, directly after those of the call before.</summary>
    /// <param name="events">One batch; only valid during the call.</param>
    void OnPublished(IReadOnlyList<PublishedEvent> events);
}
