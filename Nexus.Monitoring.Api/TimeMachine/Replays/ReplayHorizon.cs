using Nexus.Monitoring.Contracts.Log;

namespace Nexus.Monitoring.Api.TimeMachine.Replays;

/// <summary>How far was read ahead.</summary>
/// <param name="Upto">Everything up to here is there to be taken, or was taken.</param>
/// <param name="EndSeen">When it was seen that nothing follows it; null when something may.</param>
internal sealed record ReplayHorizon(LogPosition Upto, DateTimeOffset? EndSeen = null)
{
    /// <summary>Up to here nothing else happened.</summary>
    public DateTimeOffset Time => EndSeen is { } seen && seen > Upto.Time ? seen : Upto.Time;
}
