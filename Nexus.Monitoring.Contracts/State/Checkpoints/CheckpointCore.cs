namespace Nexus.Monitoring.Contracts.State.Checkpoints;

/// <summary>A state without the tasks that have ended, and what a snapshot does not tell.</summary>
internal sealed record CheckpointCore
{
    public required LiveStateSnapshot State { get; init; }

    /// <summary>How many tasks have ended.</summary>
    public required int EndedTasks { get; init; }

    /// <summary>Where the one of them that changed longest ago did; absent without any.</summary>
    public Log.LogPosition? OldestEnded { get; init; }

    /// <summary>Tasks in the hands of each worker, the one taken first of all first.</summary>
    public required Dictionary<int, List<string>> Held { get; init; }
}
