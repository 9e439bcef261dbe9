using System.Text.Json;
using Nexus.Coordinator.Sim.Queues;
using Nexus.Monitoring.Client.Publishing;
using Nexus.Monitoring.Contracts.Events;

namespace Nexus.Coordinator.Sim.Telemetry;

/// <summary>Tells what happens to a task. Trace and span come from the current activity.</summary>
internal sealed class TaskEvents(IMonitoringPublisher publisher)
{
    public void Enqueued(Job job) => publisher.Publish(About(job, EventTypes.TaskEnqueued, EventStatuses.Pending));

    public void Started(Job job, int workerId) =>
        publisher.Publish(About(job, EventTypes.TaskStarted, EventStatuses.Processing) with { WorkerId = workerId });

    public void Completed(Job job, int workerId, TimeSpan duration, int found) =>
        publisher.Publish(About(job, EventTypes.TaskCompleted, EventStatuses.Completed) with
        {
            WorkerId = workerId,
            DurationMs = (long)duration.TotalMilliseconds,
            Counts = new Dictionary<string, long> { ["found"] = found },
        });

    public void Retry(Job next, int workerId, TimeSpan duration, string error, TimeSpan delay) =>
        publisher.Publish(About(next, EventTypes.TaskRetry, EventStatuses.Retrying) with
        {
            WorkerId = workerId,
            DurationMs = (long)duration.TotalMilliseconds,
            Error = error,
            Meta = JsonSerializer.SerializeToElement(new RetryMeta((long)delay.TotalMilliseconds), EventMetaContext.Default.RetryMeta),
        });

    public void Failed(Job job, string error, int? workerId = null, TimeSpan? duration = null) =>
        publisher.Publish(About(job, EventTypes.TaskFailed, EventStatuses.Failed) with
        {
            WorkerId = workerId,
            DurationMs = (long?)duration?.TotalMilliseconds,
            Error = error,
        });

    public void Stalled(Job job, int workerId, string error) =>
        publisher.Publish(About(job, EventTypes.TaskStalled, EventStatuses.Orphaned) with { WorkerId = workerId, Error = error });

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
