namespace Nexus.Coordinator.Sim.Queues;

/// <summary>Which runs are under way, who drives them, and the results on their way to them.</summary>
internal interface IRunRegistry
{
    /// <summary>Rings when results of this process's runs may have come.</summary>
    Doorbell Results { get; }

    Task AddAsync(RunRecord run);

    /// <summary>Ends the run. True for one process only, however often it asks.</summary>
    Task<bool> RemoveAsync(string runId, string coordinator);

    /// <summary>Says that this process drives its runs.</summary>
    /// <returns>Ids of all runs under way, so that a process notices when the queue has lost its own.</returns>
    Task<IReadOnlySet<string>> BeatAsync(string coordinator);

    /// <summary>Says that this process drives no run any more.</summary>
    Task LeaveAsync(string coordinator);

    /// <summary>Runs whose process is silent.</summary>
    Task<IReadOnlyList<RunRecord>> FindAbandonedAsync();

    /// <summary>The oldest results for a process, at most 500. They stay until they are dropped.</summary>
    Task<IReadOnlyList<JobResult>> ReadResultsAsync(string coordinator);

    Task DropResultsAsync(string coordinator, IReadOnlyList<JobResult> results);

    /// <summary>Tells the process which drives the run that a result has come.</summary>
    void RingResults(string coordinator);
}
