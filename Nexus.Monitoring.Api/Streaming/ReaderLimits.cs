namespace Nexus.Monitoring.Api.Streaming;

/// <summary>Bounds of one step of a reader.</summary>
/// <param name="Events">Most events in a batch.</param>
/// <param name="Bytes">Most bytes of JSON in a batch; a single event may have more.</param>
/// <param name="Scan">Most entries looked at, so that a filter that matches nothing does not hold a thread.</param>
internal sealed record ReaderLimits(int Events, int Bytes, int Scan = 4096)
{
    /// <summary>Whether a batch that has so many bytes takes one more event.</summary>
    public bool HasRoomFor(LogEntry entry, long bytes) => bytes == 0 || bytes + entry.Json.Length <= Bytes;
}
