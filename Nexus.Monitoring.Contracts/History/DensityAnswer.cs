namespace Nexus.Monitoring.Contracts.History;

/// <summary>How many events there were when, in buckets of one width, for a time bar.</summary>
/// <param name="From">When the first bucket begins.</param>
/// <param name="BucketMs">Width of a bucket in milliseconds; whole minutes where the period is long.</param>
/// <param name="Events">Events of each bucket.</param>
/// <param name="Failures">Those of them that ended a task, phase or run in failure.</param>
public sealed record DensityAnswer(DateTimeOffset From, long BucketMs, IReadOnlyList<long> Events, IReadOnlyList<long> Failures);
