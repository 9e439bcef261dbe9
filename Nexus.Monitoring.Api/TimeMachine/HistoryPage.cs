using Nexus.Monitoring.Contracts.Log;

namespace Nexus.Monitoring.Api.TimeMachine;

/// <summary>A part of the history in the log's order.</summary>
/// <param name="Rows">Each event with its position, as it was appended.</param>
/// <param name="Upto">Everything up to here was read.</param>
/// <param name="Gap">What follows is gone, and why; null when nothing is.</param>
/// <param name="BeginsAnew">What was before is of a log that is no more.</param>
internal sealed record HistoryPage(
    IReadOnlyList<(LogPosition Position, byte[] Json)> Rows, LogPosition Upto, HistoryGap? Gap, bool BeginsAnew);
