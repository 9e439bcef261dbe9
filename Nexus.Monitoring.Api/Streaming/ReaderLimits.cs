namespace Nexus.Monitoring.Api.Streaming;

/// <summary>Bounds of one step of a reader.</summary>
/// <param name="Events">Most events in a batch.</param>
/// <param name="Bytes">No event is added to a batch that has reached this many bytes of JSON.</param>
/// <param name="Scan">Most entries looked at, so that a filter that matches nothing does not hold a thread.</param>
internal sealed record ReaderLimits(int Events, int Bytes, int Scan = 4096);
