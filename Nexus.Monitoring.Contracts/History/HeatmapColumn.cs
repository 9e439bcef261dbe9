namespace Nexus.Monitoring.Contracts.History;

/// <summary>One interval of a heat map.</summary>
/// <param name="At">Where it begins.</param>
/// <param name="Counts">Attempts in each class.</param>
public sealed record HeatmapColumn(DateTimeOffset At, IReadOnlyList<long> Counts);
