using Nexus.Monitoring.Contracts.Events;

namespace Nexus.Monitoring.Contracts.State;

/// <content>Workers, and what is in whose hands.</content>
public sealed partial class LiveState
{
    private void ApplyToWorker(StateChange change, int workerId) =>
        UpdateWorker(TouchWorker(workerId, change), change, static (worker, change, _) => WorkerReducer.Apply(worker, change), null);

    /// <summary>Sees to it that the task is in the hands that it names, or in the queue of its type, and nowhere else.</summary>
    private void Hold(TaskState task, bool isNew)
    {
        var wasInHands = task.Holder is { IsInHands: true };
        if (task.Status is EventStatuses.Processing or EventStatuses.Orphaned && task.WorkerId is { } id && Worker(id) is { } holder)
        {
            if (isNew || task.Holder != holder.Held)
            {
                Release(task);
                holder.Held.Take(task);
            }

            return;
        }

        if (task.Status is EventStatuses.Pending or EventStatuses.Retrying)
        {
            Queue(task);
        }
        else
        {
            Release(task);
        }

        if (wasInHands && task.WorkerId is { } last)
        {
            LetGoOn(last);
        }
    }

    private void LetGoOn(int workerId)
    {
        if (Worker(workerId) is { } worker)
        {
            CountWorker(worker, -1);
            WorkerReducer.GoOn(worker);
            CountWorker(worker, 1);
        }
    }

    /// <summary>A worker that was only paused still has what it had, unless others have taken it in hand meanwhile.</summary>
    private void Reinstate(WorkerState worker, DateTimeOffset at)
    {
        for (var task = worker.Held.Newest; task is not null; task = task.HeldBefore)
        {
            if (task.Status == EventStatuses.Orphaned)
            {
                Move(task, task.Status, EventStatuses.Processing);
                task.Status = EventStatuses.Processing;
                task.RepairedAt = at;
                task.IsReinstatementDue = true;
            }
        }
    }

    private void UpdateWorker(WorkerState worker, StateChange change, Action<WorkerState, StateChange, TaskState?> reduce, TaskState? task)
    {
        var (wasLost, source) = (worker.Status == WorkerStatus.Lost, worker.Source);
        CountWorker(worker, -1);
        reduce(worker, change, task);
        if (wasLost && worker.IsOnline && change.Event.EventType != EventTypes.WorkerStarted)
        {
            // The same life goes on: a process that took over the id is not it
            if (worker.Source == source)
            {
                Reinstate(worker, change.At);
            }

            WorkerReducer.GoOn(worker);
        }

        CountWorker(worker, 1);
        if (worker.IsOnline)
        {
            _workers.Reopen(worker);
        }
        else if (worker.EndedAt == change.At)
        {
            _workers.End(worker);
        }
    }

    private void CountWorker(WorkerState worker, int change)
    {
        WorkersOnline += worker.IsOnline ? change : 0;
        WorkersBusy += worker.Status == WorkerStatus.Busy ? change : 0;
    }

    private void Forget(WorkerState worker) => CountWorker(worker, -1);

    private WorkerState TouchWorker(int workerId, StateChange change)
    {
        if (!_workers.TryGet(workerId, out var worker))
        {
            worker = new WorkerState { WorkerId = workerId, FirstSeenAt = change.At, LastSeenAt = change.At };
            _workers.Add(worker);
            CountWorker(worker, 1);
        }

        return worker;
    }
}
