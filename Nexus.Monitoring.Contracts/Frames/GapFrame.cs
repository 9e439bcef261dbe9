using Nexus.Monitoring.Contracts.Log;

namespace Nexus.Monitoring.Contracts.Frames;

/// <summary>Events in the half-open interval (<see cref="After"/>, <see cref="Upto"/>] will not come.</summary>
public sealed record GapFrame : StreamFrame
{
    /// <summary>The reader has everything up to here.</summary>
    public required LogPosition After { get; init; }

    /// <summary>The stream goes on after this position.</summary>
    public required LogPosition Upto { get; init; }

    /// <summary>How many entries of the log lie in between, before filtering; absent when nobody can know.</summary>
    public long? Missed { get; init; }

    /// <summary>One of <see cref="GapReasons"/>.</summary>
    public required string Reason { get; init; }
}
