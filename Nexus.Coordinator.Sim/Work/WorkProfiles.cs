using static Nexus.Coordinator.Sim.Work.FailureKinds;

namespace Nexus.Coordinator.Sim.Work;

/// <summary>The profiles of the task types, and the mix in which the pipeline asks for them.</summary>
internal static class WorkProfiles
{
    private static readonly Dictionary<string, WorkProfile> Table = new()
    {
        [TaskTypes.SearchSpaceEnum] = Profile(2.4, 0.5, 0.5, (4, 9), RateLimited(2), BadOutput(2), Timeout(1)),
        [TaskTypes.DataAggregationSearch] = Profile(1.6, 0.7, 1.0, (0, 3), RateLimited(3), Timeout(3), ProviderDown(1)),
        [TaskTypes.Search] = Profile(1.1, 0.6, 0.8, (0, 2), Timeout(3), RateLimited(2), NotFound(1)),
        [TaskTypes.DataAggregationExtract] = Profile(2.9, 0.6, 1.3, (1, 12), RateLimited(4), ContextTooLong(2), BadOutput(2)),
        [TaskTypes.EntityExtraction] = Profile(2.2, 0.5, 1.2, (1, 9), SchemaMismatch(4), RateLimited(2), ContextTooLong(1)),
        [TaskTypes.Summarization] = Profile(3.4, 0.5, 1.0, (1, 1), RateLimited(4), ContextTooLong(2), ProviderDown(1)),
        [TaskTypes.Reasoning] = Profile(4.6, 0.7, 0.9, (0, 3), BadOutput(3), RateLimited(2), Timeout(1)),
        [TaskTypes.DokCategorization] = Profile(0.9, 0.4, 0.4, (1, 1), SchemaMismatch(2), ProviderDown(1)),
    };

    /// <summary>Share of each type in an average run; it turns a rate into a speed.</summary>
    internal static readonly IReadOnlyDictionary<string, double> Mix = new Dictionary<string, double>
    {
        [TaskTypes.SearchSpaceEnum] = 0.03,
        [TaskTypes.DataAggregationSearch] = 0.16,
        [TaskTypes.Search] = 0.14,
        [TaskTypes.DataAggregationExtract] = 0.21,
        [TaskTypes.EntityExtraction] = 0.10,
        [TaskTypes.Summarization] = 0.16,
        [TaskTypes.Reasoning] = 0.08,
        [TaskTypes.DokCategorization] = 0.12,
    };

    public static TimeSpan MeanLatency { get; } =
        TimeSpan.FromSeconds(Mix.Sum(share => share.Value * Table[share.Key].Mean.TotalSeconds) / Mix.Values.Sum());

    public static WorkProfile Of(string taskType) => Table.TryGetValue(taskType, out var profile)
        ? profile
        : throw new ArgumentException($"task_type is '{taskType}'; one of {string.Join(", ", TaskTypes.All)} is needed.", nameof(taskType));

    private static WorkProfile Profile(
        double medianSeconds, double sigma, double failureFactor, (int Least, int Most) found, params FailureKind[] failures) => new()
        {
            Median = TimeSpan.FromSeconds(medianSeconds),
            Sigma = sigma,
            FailureFactor = failureFactor,
            Found = found,
            Failures = failures,
        };
}
