using Nexus.Monitoring.Contracts.Log;

namespace Nexus.Monitoring.Client.Publishing;

/// <summary>An event that the log has acknowledged.</summary>
/// <param name="EventId">Its <c>event_id</c>.</param>
/// <param name="Position">
/// Where it stands; null when the answer was lost and the log has since dropped the entry, so that only the append itself is certain.
/// </param>
public readonly record struct PublishedEvent(string EventId, LogPosition? Position);
