namespace Nexus.Monitoring.Contracts.History;

/// <summary>Durations that are counted together, in milliseconds.</summary>
/// <param name="FromMs">The shortest.</param>
/// <param name="ToMs">All are shorter than this.</param>
public sealed record HeatmapClass(double FromMs, double ToMs);
