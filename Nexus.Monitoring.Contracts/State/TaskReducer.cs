using Nexus.Monitoring.Contracts.Events;

namespace Nexus.Monitoring.Contracts.State;

/// <summary>What each <c>task_*</c> event does to its task.</summary>
internal static class TaskReducer
{
    /// <summary>Takes over what the event says about the task itself; words that many tasks share, as one string.</summary>
    public static void Describe(TaskState task, in StateChange change, NamePool names)
    {
        var e = change.Event;
        task.RunId ??= e.ParentTaskId;
        task.ProjectId ??= change.Project?.ProjectId;
        task.TaskType ??= names.Share(e.TaskType);
        task.Phase ??= names.Share(e.Phase);
        task.Message = StateText.Newer(e.Message, task.Message);
        task.Error = e.Error is null ? task.Error : names.ShareError(StateText.Newer(e.Error, task.Error));
        task.TraceId = Newer(e.TraceId, task.TraceId);
        task.SpanId = Newer(e.SpanId, task.SpanId);
        task.Position = change.Position;
        task.Source = names.Share(e.Source) ?? task.Source;
        task.ProducedAt = e.Timestamp;
    }

    /// <summary>What an overtaken event still tells.</summary>
    public static void Note(in StateChange change) =>
        change.Count(change.Event.EventType == EventTypes.TaskStarted ? static bucket => bucket.Started++ : static bucket => bucket.Enqueued++);

    /// <summary>The task holds its run's strings instead of equal ones of its own.</summary>
    public static void Share(TaskState task, RunState? run)
    {
        if (run is not null)
        {
            task.RunId = run.RunId;
            task.TraceId = task.TraceId == run.TraceId ? run.TraceId : task.TraceId;
        }
    }

    /// <summary>A text that is repeated stays the string it was, so that what an event brought does not outlive it.</summary>
    private static string? Newer(string? text, string? known) => text is null || text == known ? known : text;

    public static void Apply(TaskState task, in StateChange change, NamePool names)
    {
        switch (change.Event.EventType)
        {
            case EventTypes.TaskEnqueued:
                Enqueue(task, change);
                break;
            case EventTypes.TaskStarted:
                Start(task, change);
                break;
            case EventTypes.TaskCompleted:
                End(task, change, EventStatuses.Completed, names);
                change.Count(static bucket => bucket.Completed++);
                if (task.DurationMs is { } ran)
                {
                    change.RecordRun(ran);
                }

                break;
            case EventTypes.TaskFailed:
                End(task, change, EventStatuses.Failed, names);
                change.Count(static bucket => bucket.Failed++);
                break;
            case EventTypes.TaskCancelled:
                End(task, change, EventStatuses.Cancelled, names);
                break;
            case EventTypes.TaskRetry:
                EndAttempt(task, change);
                task.Status = EventStatuses.Retrying;
                task.WaitingSince = change.At;
                task.RetryAt = RetryDelay.Of(change.Event) is { } delay ? change.At + delay : null;
                task.EndedAt = null;
                change.Count(static bucket => bucket.Retried++);
                break;
            case EventTypes.TaskStalled when !task.HasEnded && change.Event.IsOrphaning:
                task.Status = EventStatuses.Orphaned;
                task.WorkerId ??= change.Event.WorkerId;
                task.Evidence = names.ShareVerdict(Verdict.Of(change.Event));
                task.RepairedAt = null;
                task.IsReinstatementDue = false;
                change.Count(static bucket => bucket.Orphaned++);
                break;
            case EventTypes.TaskReinstated when task.Status is EventStatuses.Orphaned or EventStatuses.Processing:
                Reinstate(task, change);
                break;
        }
    }

    /// <summary>The task goes on with the worker that was said to be gone, as the event says, or at its word.</summary>
    private static void Reinstate(TaskState task, in StateChange change)
    {
        task.Status = EventStatuses.Processing;
        task.IsReinstatementDue = false;
        if (Reinstatement.Of(change.Event) is { } told)
        {
            (task.Evidence, task.RepairedAt, task.Error) = (told.Evidence, told.RepairedAt, told.Error);
        }
        else
        {
            task.RepairedAt ??= change.At;
        }
    }

    /// <summary>What kind of failure the end of a task is, where it stands so.</summary>
    public static string KindOf(MonitoringEvent e, int attempt, bool isOrphaned) =>
        e.FailureKind
        ?? (attempt == 0 && e.DurationMs is null ? FailureKinds.NeverStarted
        : isOrphaned ? FailureKinds.Orphaned
        : FailureKinds.Error);

    private static void Enqueue(TaskState task, in StateChange change)
    {
        task.FailureKind = null;
        task.LeftWorkerId = task.Status == EventStatuses.Orphaned ? task.WorkerId : task.LeftWorkerId;
        task.Status = EventStatuses.Pending;
        task.RetryAt = null;
        task.IsReinstatementDue = false;
        task.EnqueuedAt ??= change.At;
        task.WaitingSince ??= change.At;
        task.EndedAt = null;
        change.Count(static bucket => bucket.Enqueued++);
    }

    private static void Start(TaskState task, in StateChange change)
    {
        task.FailureKind = null;
        task.LeftWorkerId = task.Standing.LeftBehindBy(change.Event);
        task.Status = EventStatuses.Processing;
        task.RetryAt = null;
        task.IsReinstatementDue = false;
        task.StartedAt = change.At;
        task.EndedAt = null;
        task.WorkerId = change.Event.WorkerId;
        task.Evidence = null;
        task.RepairedAt = null;
        task.Attempt = change.Event.RetryCount is { } retries ? retries + 1 : task.Attempt + 1;
        if (task.WaitingSince is { } since)
        {
            task.WaitMs = Math.Max(0, (long)(change.At - since).TotalMilliseconds);
            change.RecordWait(task.WaitMs.Value);
        }

        task.WaitingSince = null;
        change.Count(static bucket => bucket.Started++);
    }

    private static void End(TaskState task, in StateChange change, string status, NamePool names)
    {
        EndAttempt(task, change);
        if (change.Event is { RetryCount: { } retries, DurationMs: not null })
        {
            // The beginning of this attempt may still come
            task.Attempt = Math.Max(task.Attempt, retries + 1);
        }

        task.Status = status;
        task.EndedAt = change.At;
        task.FailureKind = status == EventStatuses.Failed ? names.Share(KindOf(change.Event, task.Attempt, task.Evidence is not null && task.RepairedAt is null)) : null;
    }

    private static void EndAttempt(TaskState task, in StateChange change)
    {
        if (task.Evidence is { } verdict && change.Event.WorkerId == verdict.WorkerId)
        {
            task.RepairedAt = change.At;
        }

        task.LeftWorkerId = task.Standing.LeftBehindBy(change.Event);
        task.IsReinstatementDue = false;
        task.RetryAt = null;
        task.WorkerId = change.Event.WorkerId ?? task.WorkerId;
        task.Attempt = change.Event.RetryCount is { } retries ? Math.Max(task.Attempt, retries) : task.Attempt;
        task.DurationMs = change.Event.DurationMs
            ?? (task.StartedAt is { } started ? Math.Max(0, (long)(change.At - started).TotalMilliseconds) : null);
        task.WaitingSince = null;
    }
}
