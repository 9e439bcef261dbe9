using Nexus.Monitoring.Api.Streaming;
using Nexus.Monitoring.Contracts.Log;

namespace Nexus.Monitoring.Api.History;

/// <summary>What follows on a position, all of it as of one moment.</summary>
/// <param name="Floor">Everything after it is there, apart from gaps.</param>
/// <param name="Gap">The gap in which the position lies: what the log had lost before it was read.</param>
/// <param name="Page">The events that follow; null when the position lies before the floor, in a gap, or where history ends.</param>
internal sealed record HistoryPassage(LogPosition Floor, HistoryRange? Gap, LogPage? Page);
