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
                worker.FarewellAt = change.Event.Timestamp;
                break;
            case EventTypes.WorkerLost when Verdict.Of(change.Event) is var verdict && !IsContradicted(worker, verdict):
                worker.Evidence = verdict;
                worker.Status = WorkerStatus.Lost;
                worker.EndedAt = change.At;
                worker.Error = StateText.Cut(change.Event.Error ?? change.Event.Message);
                break;
            case EventTypes.WorkerStarted:
                See(worker, change);
                Release(worker);
                worker.StartedAt = change.At;
                worker.TaskTypes = null;
                break;
            case EventTypes.WorkerHeartbeat:
                See(worker, change);
                worker.LastHeartbeatAt = change.At;
                break;
        }
    }

    /// <summary>Whether the worker gave a sign of life that the watcher had not seen when it judged.</summary>
    public static bool IsContradicted(WorkerState worker, Verdict? verdict) => verdict is not null && worker.LastSeen > verdict.Upto;

    /// <summary>What the worker had in hand first of all is no longer there: it goes on with the others, if it has any.</summary>
    public static void GoOn(WorkerState worker)
    {
        if (worker.IsOnline && worker.TaskId is not null && !Holds(worker, worker.TaskId))
        {
            Release(worker);
        }

        if (worker.Status == WorkerStatus.Idle
            && worker.Held.Newest is { Status: EventStatuses.Processing } task
            && !(task.StartedAt < worker.StartedAt))
        {
            Show(worker, task, task.StartedAt);
        }
    }

    public static void ApplyTask(WorkerState worker, in StateChange change, TaskState task)
    {
        switch (change.Event.EventType)
        {
            case EventTypes.TaskStarted:
                See(worker, change);
                Remember(worker, task.TaskType);
                if (worker.IsOnline)
                {
                    Show(worker, task, change.At);
                }

                break;
            case EventTypes.TaskCompleted when IsItsOwn(worker, change, task):
                worker.Completed++;
                EndTask(worker, change, task);
                break;
            case EventTypes.TaskCancelled when IsItsOwn(worker, change, task):
                EndTask(worker, change, task);
                break;
            case EventTypes.TaskFailed or EventTypes.TaskRetry when IsItsOwn(worker, change, task):
                worker.Failed++;
                EndTask(worker, change, task);
                break;
        }
    }

    public static void ApplyLateWord(WorkerState worker, in StateChange change)
    {
        See(worker, change);
        if (change.Event.EventType == EventTypes.TaskCompleted)
        {
            worker.Completed++;
        }
        else
        {
            worker.Failed++;
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
        if (worker.TaskId == task.TaskId && worker.IsOnline)
        {
            Release(worker);
        }
    }

    private static void Remember(WorkerState worker, string? taskType)
    {
        if (taskType is not null && worker.TaskTypes?.Contains(taskType) != true && !(worker.TaskTypes?.Count >= WorkerState.MaxTaskTypes))
        {
            (worker.TaskTypes ??= []).Add(taskType);
        }
    }

    /// <summary>A sign of life: whoever was stopped or lost is back.</summary>
    private static void See(WorkerState worker, in StateChange change)
    {
        var wasSentBefore = change.Event.Source is { } sender && sender == worker.Source && change.Event.Timestamp <= worker.FarewellAt;
        worker.LastSeenAt = change.At;
        worker.LastSeen = change.Position;
        worker.Source = change.Event.Source is { } source && source != worker.Source ? source : worker.Source;
        if (!worker.IsOnline && !(worker.Status == WorkerStatus.Stopped && wasSentBefore))
        {
            worker.FarewellAt = null;
            worker.ReinstatedAt = worker.Status == WorkerStatus.Lost && change.Event.EventType != EventTypes.WorkerStarted
                ? change.At
                : worker.ReinstatedAt;
            worker.Evidence = null;
            worker.Status = worker.TaskId is null ? WorkerStatus.Idle : WorkerStatus.Busy;
            worker.EndedAt = null;
            worker.Error = null;
        }
    }

    private static bool Holds(WorkerState worker, string taskId)
    {
        for (var task = worker.Held.Newest; task is not null; task = task.HeldBefore)
        {
            if (task.TaskId == taskId && task.Status == EventStatuses.Processing)
            {
                return true;
            }
        }

        return false;
    }

    private static void Show(WorkerState worker, TaskState task, DateTimeOffset? since)
    {
        worker.Status = WorkerStatus.Busy;
        worker.TaskId = task.TaskId;
        worker.TaskType = task.TaskType;
        worker.TaskMessage = task.Message;
        worker.ProjectId = task.ProjectId;
        worker.BusySince = since;
    }

    private static void Release(WorkerState worker)
    {
        worker.Status = WorkerStatus.Idle;
        worker.TaskId = worker.TaskType = worker.TaskMessage = worker.ProjectId = null;
        worker.BusySince = null;
    }
}
