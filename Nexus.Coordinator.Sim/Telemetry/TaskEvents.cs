using Nexus.Coordinator.Sim.Queues;
using Nexus.Monitoring.Client.Publishing;
using Nexus.Monitoring.Client.Scopes;
using Nexus.Monitoring.Contracts.Events;

namespace Nexus.Coordinator.Sim.Telemetry;

/// <summary>What happens to a task outside of any attempt; everything within one is told by its scope.</summary>
internal sealed class TaskEvents(IMonitoringPublisher publisher)
{
    /// <summary>The job waits again.</summary>
    public void Enqueued(Job job) => publisher.EnqueueTask(job.ToDetails());

    /// <param name="job">A job that a lost worker had.</param>
    /// <param name="error">Why there will be no other attempt.</param>
    public void GivenUp(Job job, string error) => publisher.Publish(About(job, EventTypes.TaskFailed, EventStatuses.Failed) with
    {
        Error = error,
        FailureKind = FailureKinds.Orphaned,
    });

    /// <param name="job">A job that waited, and that nobody will touch again.</param>
    /// <param name="reason">Why.</param>
    public void Cancelled(Job job, string reason) =>
        publisher.Publish(About(job, EventTypes.TaskCancelled, EventStatuses.Cancelled) with { Message = $"Cancelled: {reason}" });

    private MonitoringEvent About(Job job, string eventType, string status) => publisher.NewEvent(eventType) with
    {
        ProjectId = job.ProjectId,
        ParentTaskId = job.ParentTaskId,
        TaskId = job.TaskId,
        TaskType = job.TaskType,
        Phase = job.Phase,
        Status = status,
        Message = job.Message,
        RetryCount = job.RetryCount,
    };
}
