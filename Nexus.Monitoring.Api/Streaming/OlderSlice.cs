using Nexus.Monitoring.Contracts.Log;

namespace Nexus.Monitoring.Api.Streaming;

/// <summary>What lay behind the ring.</summary>
/// <param name="Continuity">Whether the entries follow on the position that was asked for.</param>
/// <param name="Entries">Events in the log's order.</param>
/// <param name="Scanned">Entries that were looked at, including those that are no events.</param>
/// <param name="First">The first entry that was looked at; null when there was none.</param>
/// <param name="Upto">Everything up to here was looked at.</param>
internal sealed record OlderSlice(
    Continuity Continuity, IReadOnlyList<LogEntry> Entries, int Scanned, LogPosition? First, LogPosition Upto);
