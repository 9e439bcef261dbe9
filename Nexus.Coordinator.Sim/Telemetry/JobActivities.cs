using System.Diagnostics;
using Nexus.Coordinator.Sim.Queues;

namespace Nexus.Coordinator.Sim.Telemetry;

/// <summary>Spans around jobs. The job's JSON carries the trace from who enqueued it to whoever processes it.</summary>
internal static class JobActivities
{
    /// <summary>The span of one attempt; becomes the current one.</summary>
    public static Activity? StartProcess(ClaimedJob claimed) => Start($"process {claimed.Job.TaskType}", claimed.Job)
        ?.SetTag(CoordinatorTelemetry.WorkerId, claimed.Owner.WorkerId);

    /// <summary>The span of what happens to a job outside of any attempt, such as its recovery.</summary>
    public static Activity? Start(string name, Job job)
    {
        var activity = CoordinatorTelemetry.Source.StartActivity(name, ActivityKind.Consumer, Parent(job.Traceparent));
        if (activity is { IsAllDataRequested: true })
        {
            activity.SetTag(CoordinatorTelemetry.System, CoordinatorTelemetry.Redis)
                .SetTag(CoordinatorTelemetry.Destination, job.Priority.ListKey())
                .SetTag(CoordinatorTelemetry.OperationName, CoordinatorTelemetry.Process)
                .SetTag(CoordinatorTelemetry.OperationType, "process")
                .SetTag(CoordinatorTelemetry.MessageId, job.TaskId)
                .SetTag(CoordinatorTelemetry.RunId, job.ParentTaskId)
                .SetTag(CoordinatorTelemetry.TaskId, job.TaskId)
                .SetTag(CoordinatorTelemetry.ProjectId, job.ProjectId)
                .SetTag(CoordinatorTelemetry.TaskType, job.TaskType)
                .SetTag(CoordinatorTelemetry.Phase, job.Phase)
                .SetTag(CoordinatorTelemetry.RetryCount, job.RetryCount);
        }

        return activity;
    }

    public static ActivityContext Parent(string? traceparent) =>
        ActivityContext.TryParse(traceparent, null, isRemote: true, out var context) ? context : default;
}
