using Nexus.Monitoring.Contracts.Log;

namespace Nexus.Monitoring.Client.Log;

/// <summary>
/// Tells the log's readers, and consumers of the channels, what was appended by other means than <see cref="IEventLogWriter"/>. A hint that nothing
/// waits for: it never throws. Thread-safe.
/// </summary>
public interface IEventAnnouncer
{
    /// <summary>The events are in the log up to <paramref name="last"/>.</summary>
    /// <param name="last">Position of the last one; null when it is not known.</param>
    /// <param name="events">Their UTF-8 JSON.</param>
    void Announce(LogPosition? last, IReadOnlyList<ReadOnlyMemory<byte>> events);
}
