namespace Nexus.Monitoring.Contracts.History;

/// <summary>How many attempts ran, or waited, how long, over time.</summary>
/// <param name="From">Where the first column can begin.</param>
/// <param name="To">Where the period ends.</param>
/// <param name="BucketMs">Width of a column in milliseconds. Columns in which nothing was measured are left out.</param>
/// <param name="Classes">Classes of durations without holes, the shortest first; two to each doubling. Empty when nothing was measured.</param>
/// <param name="Columns">In the order of time.</param>
public sealed record HeatmapAnswer(
    DateTimeOffset From, DateTimeOffset To, long BucketMs, IReadOnlyList<HeatmapClass> Classes, IReadOnlyList<HeatmapColumn> Columns);
