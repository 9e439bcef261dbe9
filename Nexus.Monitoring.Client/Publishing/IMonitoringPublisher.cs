using Nexus.Monitoring.Contracts.Events;

namespace Nexus.Monitoring.Client.Publishing;

/// <summary>
/// Tells Nexus what happens in this process. Thread-safe; events of one publisher arrive in the order of their
/// <see cref="Publish"/> calls, each exactly once.
/// </summary>
public interface IMonitoringPublisher
{
    /// <summary>False when <see cref="MonitoringOptions.Enabled"/> is: then nothing need be built for <see cref="Publish"/>.</summary>
    bool IsEnabled { get; }

    /// <summary>The clock of <c>ts</c> and of durations.</summary>
    TimeProvider TimeProvider { get; }

    /// <summary>What became of the events so far.</summary>
    PublisherStatistics Statistics { get; }

    /// <summary>
    /// An event of this type with a new version 7 UUID and the current time, to be completed with a <c>with</c> expression. When the
    /// publisher is disabled: one shared event without either.
    /// </summary>
    MonitoringEvent NewEvent(string eventType);

    /// <summary>
    /// Puts the event into the buffer and returns: it never waits, does no I/O and never throws, whatever it is given. A missing
    /// <c>event_id</c>, <c>ts</c>, <c>source</c>, <c>trace_id</c>, <c>span_id</c> and <c>parent_span_id</c> is filled in, the last three
    /// from <c>Activity.Current</c>. An event that cannot be sent is counted in <see cref="Statistics"/> under its reason, and reported
    /// by an event <c>publisher_dropped</c>.
    /// </summary>
    void Publish(MonitoringEvent monitoringEvent);

    /// <summary>Waits until every event that was given to <see cref="Publish"/> before has left the buffer. Never throws.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>True when they all are in the log; false when one of them was dropped meanwhile, or the wait was ended.</returns>
    ValueTask<bool> FlushAsync(CancellationToken cancellationToken = default);
}
