using Nexus.Monitoring.Contracts.Events;
using Nexus.Monitoring.Contracts.Log;
using Nexus.Monitoring.Contracts.State;

namespace Nexus.Monitoring.Contracts.Stories;

/// <summary>One task, told from its events: what it did, when, and how it ended.</summary>
public sealed class TaskStory(string taskId)
{
    private readonly List<StorySpan> _spans = [];
    private LogPosition _position;

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

    /// <summary>Goes on with an event of the task; events come in the log's order. A verdict that the log contradicts changes nothing.</summary>
    public void Apply(MonitoringEvent e, LogPosition position)
    {
        ArgumentNullException.ThrowIfNull(e);
        if (e.EventType == EventTypes.TaskStalled && Verdict.Of(e) is { } verdict && IsContradicted(verdict))
        {
            return;
        }

        _position = position;
        var at = position.Time;
        TaskType ??= e.TaskType;
        Phase = e.Phase ?? Phase;
        TraceId = e.TraceId ?? TraceId;
        Error = e.Error ?? Error;
        switch (e.EventType)
        {
            case EventTypes.TaskEnqueued:
                Go(EventStatuses.Pending, at, SpanKind.Waiting, e, isEnding: false);
                break;
            case EventTypes.TaskStarted:
                Attempts = Math.Max(Attempts + 1, (e.RetryCount ?? 0) + 1);
                WorkerId = e.WorkerId ?? WorkerId;
                Go(EventStatuses.Processing, at, SpanKind.Attempt, e, isEnding: false);
                break;
            case EventTypes.TaskRetry:
                Repair(e);
                Go(EventStatuses.Retrying, at, SpanKind.BackOff, e, isEnding: true);
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

    /// <summary>As <see cref="LiveState"/> judges it, as far as the task's own events tell.</summary>
    private bool IsContradicted(Verdict verdict) =>
        _position > verdict.Upto || WorkerId != verdict.WorkerId || Status != EventStatuses.Processing;

    /// <summary>A new span begins; the event says how the span before ended, or not.</summary>
    private void Go(string status, DateTimeOffset at, SpanKind kind, MonitoringEvent e, bool isEnding)
    {
        Close(at, isEnding ? e : null);
        Status = status;
        EndedAt = null;
        var isAttempt = kind == SpanKind.Attempt;
        _spans.Add(new StorySpan(kind, at)
        {
            Attempt = Attempts,
            WorkerId = isAttempt ? WorkerId : null,
            TraceId = isAttempt ? e.TraceId : null,
        });
    }

    /// <summary>The worker that was said to be gone with the task ends the attempt after all: it went on all the time.</summary>
    private void Repair(MonitoringEvent e)
    {
        if (Status == EventStatuses.Orphaned && _spans is [.., { Kind: SpanKind.Attempt } last] && e.WorkerId == last.WorkerId)
        {
            _spans[^1] = last with { To = null, Outcome = null, Error = null, LastSeenAt = null };
        }
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
        Repair(e);

        // Its beginning is not known: the producer's measure says when it was.
        if (_spans.Count == 0 && e.DurationMs is > 0 and var took)
        {
            Attempts = (e.RetryCount ?? 0) + 1;
            WorkerId = e.WorkerId;
            _spans.Add(new StorySpan(SpanKind.Attempt, at - TimeSpan.FromMilliseconds(took)) { Attempt = Attempts, WorkerId = WorkerId, TraceId = e.TraceId });
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
        var isMeasured = outcome is EventStatuses.Completed or EventStatuses.Failed or EventStatuses.Cancelled;
        _spans[^1] = last with
        {
            To = at,
            Outcome = outcome,
            Error = last.Kind == SpanKind.Attempt ? ending?.Error : null,
            LastSeenAt = outcome == EventStatuses.Orphaned && ending is not null ? Verdict.Of(ending)?.LastSeenAt : null,
            MeasuredMs = isMeasured ? ending?.DurationMs : null,
        };
    }
}
