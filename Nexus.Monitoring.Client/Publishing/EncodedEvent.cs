using Nexus.Monitoring.Contracts.Filters;

namespace Nexus.Monitoring.Client.Publishing;

/// <summary>An event that is ready to be sent.</summary>
/// <param name="Sequence">Its place in the publisher's order; 0 for one that never was in the buffer.</param>
/// <param name="EventId">Its <c>event_id</c>.</param>
/// <param name="Keys">What decides on which channels it goes.</param>
/// <param name="Json">Its UTF-8 JSON.</param>
internal readonly record struct EncodedEvent(long Sequence, string EventId, EventKeys Keys, ReadOnlyMemory<byte> Json);
