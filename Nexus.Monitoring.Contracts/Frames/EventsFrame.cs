using Nexus.Monitoring.Contracts.Events;
using Nexus.Monitoring.Contracts.Log;

namespace Nexus.Monitoring.Contracts.Frames;

/// <summary>
/// All events of a filter in the half-open interval (<see cref="After"/>, <see cref="Upto"/>]. Intervals chain: <see cref="After"/> is
/// the <see cref="Upto"/> of the frame before, so a reader can prove that it missed nothing, also when no event matched.
/// </summary>
public sealed record EventsFrame : StreamFrame
{
    /// <summary>Position before the first event of the interval.</summary>
    public required LogPosition After { get; init; }

    /// <summary>Position of the last event that was looked at; resume from here.</summary>
    public required LogPosition Upto { get; init; }

    /// <summary>The events that match, in the log's order, each with its cursor.</summary>
    public required IReadOnlyList<MonitoringEvent> Events { get; init; }
}
