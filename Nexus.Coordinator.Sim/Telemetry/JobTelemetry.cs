using System.Diagnostics;
using Nexus.Coordinator.Sim.Queues;
using Nexus.Monitoring.Client.Scopes;

namespace Nexus.Coordinator.Sim.Telemetry;

/// <summary>A job as the client's scopes want to know it. Its JSON carries the trace from who enqueued it to who processes it.</summary>
internal static class JobTelemetry
{
    public static TaskDetails ToDetails(this Job job, int? workerId = null) => new TaskDetails
    {
        TaskId = job.TaskId,
        RunId = job.ParentTaskId,
        ProjectId = job.ProjectId,
        TaskType = job.TaskType,
        Phase = job.Phase,
        Message = job.Message,
        RetryCount = job.RetryCount,
        WorkerId = workerId,
        Queue = job.Priority.ListKey(),
    }.WithParent(job.Traceparent);

    /// <summary>What the messaging conventions ask of the span in which a job is processed.</summary>
    public static void TagAsProcessing(this Activity? activity, Job job)
    {
        if (activity is { IsAllDataRequested: true })
        {
            activity.SetTag(CoordinatorTelemetry.System, CoordinatorTelemetry.Redis)
                .SetTag(CoordinatorTelemetry.Destination, job.Priority.ListKey())
                .SetTag(CoordinatorTelemetry.OperationName, CoordinatorTelemetry.Process)
                .SetTag(CoordinatorTelemetry.OperationType, CoordinatorTelemetry.Process)
                .SetTag(CoordinatorTelemetry.MessageId, job.TaskId);
        }
    }

    /// <summary>The span of what happens outside of any attempt, such as a recovery; becomes the current one.</summary>
    public static Activity? Start(string name, string? traceparent) => CoordinatorTelemetry.Source.StartActivity(
        name, ActivityKind.Internal, ActivityContext.TryParse(traceparent, null, isRemote: true, out var parent) ? parent : default);
}
