namespace Nexus.Coordinator.Sim.Queues;

/// <summary>
/// The waiting jobs, those in the hands of workers, and those that wait for another attempt. Every operation is atomic, and may be
/// repeated when it threw <see cref="QueueUnavailableException"/>: it then does nothing twice.
/// </summary>
internal interface IJobQueue
{
    /// <summary>Rings when there may be a job to claim.</summary>
    Doorbell Jobs { get; }

    /// <summary>Appends jobs to the lists of their priorities.</summary>
    /// <param name="batch">The run's next number, from 1: a batch that is already in the lists is not put there again.</param>
    /// <param name="jobs">Jobs of one run.</param>
    Task EnqueueAsync(long batch, IReadOnlyList<Job> jobs);

    /// <summary>Moves the oldest job of the first list that has one to the worker's processing list; null when all are empty.</summary>
    Task<ClaimedJob?> ClaimAsync(WorkerLease worker);

    /// <summary>The job that lies in the worker's processing list, for a worker that does not know whether its claim succeeded.</summary>
    Task<ClaimedJob?> FindClaimedAsync(WorkerLease worker);

    /// <summary>Ends the job and hands the result to its run. False when someone else holds the job by now.</summary>
    Task<bool> CompleteAsync(ClaimedJob claimed, JobResult result);

    /// <summary>Lays <paramref name="next"/> aside until <paramref name="due"/>. False when someone else holds the job by now.</summary>
    Task<bool> RetryAsync(ClaimedJob claimed, Job next, DateTimeOffset due);

    /// <summary>Puts the job back to where it is claimed next. False when someone else holds the job by now.</summary>
    Task<bool> ReturnAsync(ClaimedJob claimed);

    /// <summary>Appends the jobs that are due for another attempt to their lists.</summary>
    /// <returns>How many this call moved.</returns>
    Task<int> PromoteAsync(DateTimeOffset now);

    /// <summary>The jobs whose worker is no longer registered.</summary>
    Task<IReadOnlyList<ClaimedJob>> FindOrphansAsync();

    /// <summary>
    /// Removes the jobs of these runs that wait in a list or for another attempt. Each comes to one caller only, as soon as it is removed,
    /// so that those before a <see cref="QueueUnavailableException"/> are not forgotten.
    /// </summary>
    IAsyncEnumerable<Job> RemoveAsync(IReadOnlySet<string> runIds);

    Task<QueueDepths> DepthsAsync();
}
