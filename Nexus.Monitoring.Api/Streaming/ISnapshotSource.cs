namespace Nexus.Monitoring.Api.Streaming;

/// <summary>Makes the first message of a stream that starts now.</summary>
internal interface ISnapshotSource
{
    /// <summary>A <c>stats_snapshot</c> event; what happens after its position is not in it, so the stream goes on there.</summary>
    LogEntry Create();
}
