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

    public void Failed(Job job, string error) => publisher.Publish(publisher.NewEvent(EventTypes.TaskFailed) with
    {
        ProjectId = job.ProjectId,
        ParentTaskId = job.ParentTaskId,
        TaskId = job.TaskId,
        TaskType = job.TaskType,
        Phase = job.Phase,
        Status = EventStatuses.Failed,
        Message = job.Message,
        RetryCount = job.RetryCount,
        Error = error,
    });
}
