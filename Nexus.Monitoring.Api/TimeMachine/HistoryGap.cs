using Nexus.Monitoring.Contracts.Frames;
using Nexus.Monitoring.Contracts.Log;

namespace Nexus.Monitoring.Api.TimeMachine;

/// <summary>What history itself missed: (<paramref name="After"/>, <paramref name="Upto"/>], which may be empty where the log began anew.</summary>
internal sealed record HistoryGap(LogPosition After, LogPosition Upto, string Reason)
{
    public bool IsEmpty => After == Upto;

    /// <summary>Right after the position another log begins.</summary>
    public bool IsResetAt(LogPosition position) => IsEmpty && After == position && Reason == GapReasons.LogReset;
}
