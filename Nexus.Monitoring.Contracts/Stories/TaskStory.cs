using Nexus.Monitoring.Contracts.Events;

namespace Nexus.Monitoring.Contracts.Stories;

/// <summary>One task, told from its events: what it did, when, and how it ended.</summary>
public sealed class TaskStory(string taskId)
{
    private readonly List<StorySpan> _spans = [];

    /// <summary>The task's id.</summary>
    public string TaskId { get; } = taskId;

    /// <summary>What kind of work it is.</summary>
    public string? TaskType { get; private set; }

    /// <summary>The phase of the run.</summary>
    public string? Phase { get; private set; }

    /// <summary>One of <see cref="EventStatuses"/>.</summary>
    public string Status { get; private set; } = EventStatuses.Pending;

    /// <summary>What it is about: the first line that an event had for people.</summary>
    public string? Subject { get; private set; }

    /// <summary>What went wrong last; kept when a later attempt succeeds.</summary>
    public string? Error { get; private set; }

    /// <summary>The worker of the present or last attempt.</summary>
    public int? WorkerId { get; private set; }

    /// <summary>Its trace.</summary>
    public string? TraceId { get; private set; }

    /// <summary>From the oldest; each begins where the one before ended.</summary>
    public IReadOnlyList<StorySpan> Spans => _spans;

    /// <summary>Attempts begun.</summary>
    public int Attempts { get; private set; }

    /// <summary>When the first of its events that is known reached the log.</summary>
    public DateTimeOffset FirstAt => _spans.Count == 0 ? EndedAt ?? default : _spans[0].From;

    /// <summary>When it ended for good.</summary>
    public DateTimeOffset? EndedAt { get; private set; }

    /// <summary>Time in queues and between attempts, up to <paramref name="now"/>.</summary>
    public TimeSpan Waited(DateTimeOffset now) => Sum(now, span => span.Kind != SpanKind.Attempt);

    /// <summary>Time in attempts, up to <paramref name="now"/>.</summary>
    public TimeSpan Ran(DateTimeOffset now) => Sum(now, span => span.Kind == SpanKind.Attempt);

    /// <summary>Goes on with one event about this task; in the log's order.</summary>
    /// <param name="e">The event.</param>
    /// <param name="at">When it reached the log.</param>
    public void Apply(MonitoringEvent e, DateTimeOffset at)
    {
        ArgumentNullException.ThrowIfNull(e);
        TaskType ??= e.TaskType;
        Phase = e.Phase ?? Phase;
        TraceId = e.TraceId ?? TraceId;
        Error = e.Error ?? Error;
        switch (e.EventType)
        {
            case EventTypes.TaskEnqueued:
                Go(EventStatuses.Pending, at, SpanKind.Waiting, null);
                break;
            case EventTypes.TaskStarted:
                Attempts = Math.Max(Attempts + 1, (e.RetryCount ?? 0) + 1);
                WorkerId = e.WorkerId ?? WorkerId;
                Go(EventStatuses.Processing, at, SpanKind.Attempt, null);
                break;
            case EventTypes.TaskRetry:
                Go(EventStatuses.Retrying, at, SpanKind.BackOff, e);
                break;
            case EventTypes.TaskStalled:
                Stall(e, at);
                break;
            case EventTypes.TaskCompleted:
            case EventTypes.TaskFailed:
            case EventTypes.TaskCancelled:
                End(e, at);
                break;
        }

        // What comes with a retry or a failure is about the attempt, not the task.
        if (e.Error is null && e.EventType is not EventTypes.TaskRetry)
        {
            Subject ??= e.Message;
        }
    }

    private TimeSpan Sum(DateTimeOffset now, Func<StorySpan, bool> counts)
    {
        var sum = TimeSpan.Zero;
        foreach (var span in _spans)
        {
            sum += counts(span) ? span.Duration(now) : TimeSpan.Zero;
        }

        return sum;
    }

    /// <summary>The span before ends, and how it ended is <paramref name="ending"/>.</summary>
    private void Go(string status, DateTimeOffset at, SpanKind kind, MonitoringEvent? ending)
    {
        Close(at, ending);
        Status = status;
        EndedAt = null;
        _spans.Add(new StorySpan(kind, at) { Attempt = Attempts, WorkerId = kind == SpanKind.Attempt ? WorkerId : null });
    }

    /// <summary>Without a status it is only late; orphaned, nobody is at it any more.</summary>
    private void Stall(MonitoringEvent e, DateTimeOffset at)
    {
        if (e.Status == EventStatuses.Orphaned)
        {
            Close(at, e);
            Status = EventStatuses.Orphaned;
        }
    }

    private void End(MonitoringEvent e, DateTimeOffset at)
    {
        // Its beginning is not known: the producer's measure says when it was.
        if (_spans.Count == 0 && e.DurationMs is > 0 and var took)
        {
            Attempts = (e.RetryCount ?? 0) + 1;
            WorkerId = e.WorkerId;
            _spans.Add(new StorySpan(SpanKind.Attempt, at - TimeSpan.FromMilliseconds(took)) { Attempt = Attempts, WorkerId = WorkerId });
        }

        Close(at, e);
        WorkerId = e.WorkerId ?? WorkerId;
        Status = e.EventType switch
        {
            EventTypes.TaskCompleted => EventStatuses.Completed,
            EventTypes.TaskCancelled => EventStatuses.Cancelled,
            _ => EventStatuses.Failed,
        };
        EndedAt = at;
    }

    private void Close(DateTimeOffset at, MonitoringEvent? ending)
    {
        if (_spans is not [.., { To: null } last])
        {
            return;
        }

        var outcome = last.Kind != SpanKind.Attempt ? null : ending?.EventType switch
        {
            EventTypes.TaskCompleted => EventStatuses.Completed,
            EventTypes.TaskRetry or EventTypes.TaskFailed => EventStatuses.Failed,
            EventTypes.TaskCancelled => EventStatuses.Cancelled,
            // Given back to the queue or taken by another worker without a word about this attempt
            _ => EventStatuses.Orphaned,
        };
        _spans[^1] = last with { To = at, Outcome = outcome, Error = last.Kind == SpanKind.Attempt ? ending?.Error : null };
    }
}
