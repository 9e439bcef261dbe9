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
        task.Message = Newer(e.Message, task.Message);
        task.Error = Newer(e.Error, task.Error);
        task.TraceId = Newer(e.TraceId, task.TraceId);
        task.SpanId = Newer(e.SpanId, task.SpanId);
        task.Position = change.Position;
        task.Source = names.Share(e.Source) ?? task.Source;
        task.ProducedAt = e.Timestamp;
    }

    /// <summary>
    /// Whether a later event about the same attempt came first: a producer that sends out of order, or several threads that race. Its count and its
    /// sender say so together: either alone could be a task that is done anew, or a clock that was set back.
    /// </summary>
    public static bool IsOvertaken(TaskState task, MonitoringEvent e) =>
        e.RetryCount < task.Attempt
        && e.Source is not null && e.Source == task.Source && e.Timestamp <= task.ProducedAt
        && e.EventType switch
        {
            EventTypes.TaskStarted => task.HasEnded || task.Status == EventStatuses.Retrying,
            EventTypes.TaskEnqueued => task.HasEnded || (task.Status is EventStatuses.Processing or EventStatuses.Retrying && task.EnqueuedAt is null),
            _ => false,
        };

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
                task.EndedAt = null;
                change.Count(static bucket => bucket.Retried++);
                break;
            case EventTypes.TaskStalled when !task.HasEnded:
                task.Status = EventStatuses.Orphaned;
                task.WorkerId ??= change.Event.WorkerId;
                task.Evidence = Verdict.Of(change.Event);
                task.RepairedAt = null;
                change.Count(static bucket => bucket.Orphaned++);
                break;
        }
    }

    /// <summary>A verdict on a task that was heard of after the watcher had looked is void, as is one on a task that nobody holds.</summary>
    public static bool IsContradicted(TaskState task, Verdict verdict) =>
        task.Position > verdict.Upto || task.WorkerId != verdict.WorkerId || task.Status != EventStatuses.Processing;

    private static string KindOf(TaskState task, MonitoringEvent e) =>
        e.FailureKind
        ?? (task.Attempt == 0 && e.DurationMs is null ? FailureKinds.NeverStarted
        : task.Evidence is not null && task.RepairedAt is null ? FailureKinds.Orphaned
        : FailureKinds.Error);

    private static void Enqueue(TaskState task, in StateChange change)
    {
        task.FailureKind = null;
        task.Status = EventStatuses.Pending;
        task.EnqueuedAt ??= change.At;
        task.WaitingSince ??= change.At;
        task.EndedAt = null;
        change.Count(static bucket => bucket.Enqueued++);
    }

    private static void Start(TaskState task, in StateChange change)
    {
        task.FailureKind = null;
        task.Status = EventStatuses.Processing;
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
        task.FailureKind = status == EventStatuses.Failed ? names.Share(KindOf(task, change.Event)) : null;
    }

    private static void EndAttempt(TaskState task, in StateChange change)
    {
        if (task.Evidence is { } verdict && change.Event.WorkerId == verdict.WorkerId)
        {
            task.RepairedAt = change.At;
        }

        task.WorkerId = change.Event.WorkerId ?? task.WorkerId;
        task.Attempt = change.Event.RetryCount is { } retries ? Math.Max(task.Attempt, retries) : task.Attempt;
        task.DurationMs = change.Event.DurationMs
            ?? (task.StartedAt is { } started ? Math.Max(0, (long)(change.At - started).TotalMilliseconds) : null);
        task.WaitingSince = null;
    }
}
