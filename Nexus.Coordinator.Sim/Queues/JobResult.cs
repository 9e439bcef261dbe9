namespace Nexus.Coordinator.Sim.Queues;

/// <summary>How a task ended, on its way back to the run.</summary>
/// <param name="TaskId">The task.</param>
/// <param name="ParentTaskId">Its run.</param>
/// <param name="Found">What a successful task found.</param>
/// <param name="Error">Why it failed; null when it did not.</param>
internal sealed record JobResult(string TaskId, string ParentTaskId, int Found, string? Error)
{
    public static JobResult Success(Job job, int found) => new(job.TaskId, job.ParentTaskId, found, null);

    public static JobResult Failure(Job job, string error) => new(job.TaskId, job.ParentTaskId, 0, error);
}
