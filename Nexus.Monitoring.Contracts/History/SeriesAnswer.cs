namespace Nexus.Monitoring.Contracts.History;

/// <summary>Lines over time.</summary>
/// <param name="From">Where the first bucket begins.</param>
/// <param name="To">Where the period ends.</param>
/// <param name="BucketMs">Width of a bucket in milliseconds. Buckets in which nothing happened are left out.</param>
/// <param name="Series">The lines; at most 100, those with most events.</param>
public sealed record SeriesAnswer(DateTimeOffset From, DateTimeOffset To, long BucketMs, IReadOnlyList<SeriesLine> Series);
