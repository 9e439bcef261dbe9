using Nexus.Monitoring.Contracts.Log;

namespace Nexus.Monitoring.Client.Publishing;

/// <summary>What became of a batch.</summary>
/// <param name="Positions">Per event; empty when the answer was lost and the entries are gone; null for an event that was refused.</param>
internal readonly record struct BatchAnswer(IReadOnlyList<LogPosition?> Positions)
{
    /// <summary>All events are in the log, and nobody can say any more where.</summary>
    public static BatchAnswer PositionsUnknown { get; } = new([]);

    /// <summary>Indices of events that the receiver refused for good; null for none.</summary>
    public IReadOnlySet<int>? Refused { get; init; }
}
