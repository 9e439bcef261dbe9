using Nexus.Monitoring.Contracts.Log;

namespace Nexus.Monitoring.Api.Streaming;

/// <summary>What a client asks of a replay; one of these is set.</summary>
/// <param name="IsPlaying">False to stand still, true to go on.</param>
/// <param name="Speed">Seconds of the log in a second.</param>
/// <param name="Seek">Where to go on: everything up to here is known.</param>
/// <param name="SeekTime">What the clock shows there.</param>
/// <param name="Problem">Why the message cannot be followed.</param>
internal sealed record ReplayCommand(
    bool? IsPlaying = null, double? Speed = null, LogPosition? Seek = null, DateTimeOffset? SeekTime = null, string? Problem = null);
