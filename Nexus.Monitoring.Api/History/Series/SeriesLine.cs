namespace Nexus.Monitoring.Api.History.Series;

/// <summary>One line.</summary>
/// <param name="Key">The project, task type, phase, worker, event type or queue; absent for what has none.</param>
/// <param name="Points">In the order of time.</param>
internal sealed record SeriesLine(string? Key, IReadOnlyList<SeriesPoint> Points);
