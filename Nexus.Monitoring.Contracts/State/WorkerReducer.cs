using Nexus.Monitoring.Contracts.Events;

namespace Nexus.Monitoring.Contracts.State;

/// <summary>What <c>worker_*</c> events, and the task events that name a worker, do to that worker.</summary>
internal static class WorkerReducer
{
    public static void Apply(WorkerState worker, in StateChange change)
    {
        switch (change.Event.EventType)
        {
            case EventTypes.WorkerStopped:
                See(worker, change);
                Release(worker);
                worker.Status = WorkerStatus.Stopped;
                worker.EndedAt = change.At;
                break;
            case EventTypes.WorkerLost:
                worker.Status = WorkerStatus.Lost;
                worker.EndedAt = change.At;
                worker.Error = change.Event.Error ?? change.Event.Message;
                break;
            case EventTypes.WorkerStarted:
                See(worker, change);
                Release(worker);
                break;
            case EventTypes.WorkerHeartbeat:
                See(worker, change);
                worker.LastHeartbeatAt = change.At;
                break;
        }
    }

    public static void ApplyTask(WorkerState worker, in StateChange change, TaskState task)
    {
        switch (change.Event.EventType)
        {
            case EventTypes.TaskStarted:
                See(worker, change);
                worker.Status = WorkerStatus.Busy;
                worker.TaskId = task.TaskId;
                worker.TaskType = task.TaskType;
                worker.TaskMessage = task.Message;
                worker.ProjectId = task.ProjectId;
                worker.BusySince = change.At;
                break;
            case EventTypes.TaskCompleted when IsItsOwn(worker, change, task):
                worker.Completed++;
                EndTask(worker, change, task);
                break;
            case EventTypes.TaskFailed or EventTypes.TaskRetry when IsItsOwn(worker, change, task):
                worker.Failed++;
                EndTask(worker, change, task);
                break;
        }
    }

    /// <summary>
    /// An end that names no worker is only one of an attempt that a living worker has in hand. Else somebody took the task out of a
    /// queue, or from a worker that is lost, and that is no sign of life of whoever had it last.
    /// </summary>
    private static bool IsItsOwn(WorkerState worker, in StateChange change, TaskState task) =>
        change.Event.WorkerId == worker.WorkerId || (worker.IsOnline && worker.TaskId == task.TaskId);

    private static void EndTask(WorkerState worker, in StateChange change, TaskState task)
    {
        See(worker, change);
        if (worker.TaskId == task.TaskId)
        {
            Release(worker);
        }
    }

    /// <summary>A sign of life: whoever was stopped or lost is back.</summary>
    private static void See(WorkerState worker, in StateChange change)
    {
        worker.LastSeenAt = change.At;
        worker.Source = change.Event.Source ?? worker.Source;
        if (!worker.IsOnline)
        {
            worker.Status = worker.TaskId is null ? WorkerStatus.Idle : WorkerStatus.Busy;
            worker.EndedAt = null;
            worker.Error = null;
        }
    }

    private static void Release(WorkerState worker)
    {
        worker.Status = WorkerStatus.Idle;
        worker.TaskId = worker.TaskType = worker.TaskMessage = worker.ProjectId = null;
        worker.BusySince = null;
    }
}
