namespace Nexus.Monitoring.Contracts.History;

/// <summary>One line.</summary>
/// <param name="Key">The project, task type, phase, worker, event type or queue; absent for what has none.</param>
/// <param name="Points">In the order of time.</param>
public sealed record SeriesLine(string? Key, IReadOnlyList<SeriesPoint> Points);
