using Nexus.Monitoring.Api.Streaming;
using Nexus.Monitoring.Contracts.Frames;
using Nexus.Monitoring.Contracts.Log;

namespace Nexus.Monitoring.Api.TimeMachine.Replays;

/// <summary>What comes next in a replay.</summary>
/// <param name="Entries">In the log's order.</param>
/// <param name="Upto">Everything up to here was read.</param>
/// <param name="Gap">What cannot be read after that; null when nothing is missing.</param>
/// <param name="IsEnd">There is nothing more yet.</param>
internal sealed record ReplayPage(List<LogEntry> Entries, LogPosition Upto, GapFrame? Gap = null, bool IsEnd = false);
