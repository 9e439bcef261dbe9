using Nexus.Monitoring.Contracts.Events;
using Nexus.Monitoring.Contracts.Log;
using Nexus.Monitoring.Contracts.State;

namespace Nexus.Monitoring.Contracts.Stories;

/// <summary>One task, told from its events: what it did, when, and how it ended.</summary>
public sealed class TaskStory(string taskId)
{
    private readonly List<StorySpan> _spans = [];
    private LogPosition _position;
    private int _attempt;
    private int? _leftWorkerId;
    private string? _source;
    private DateTimeOffset? _producedAt;
    private bool _wasEnqueued;

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

    /// <summary>Of a failed task the kind of failure: one of <see cref="FailureKinds"/>, or the word of its producer.</summary>
    public string? FailureKind { get; private set; }

    /// <summary>Why nobody alive holds it, or held it in its present attempt; null when nobody said so, or without evidence.</summary>
    public Verdict? Evidence { get; private set; }

    /// <summary>When the worker that was said to be gone with it came back, or ended it after all.</summary>
    public DateTimeOffset? RepairedAt { get; private set; }

    /// <summary>When the next attempt may begin, where the retry said so.</summary>
    public DateTimeOffset? RetryAt { get; private set; }

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

    private TaskStanding Standing => new(Status, _attempt, WorkerId, _leftWorkerId, _position)
    {
        Source = _source,
        ProducedAt = _producedAt,
        WasEnqueued = _wasEnqueued,
    };

    /// <summary>
    /// Goes on with an event of the task; events come in the log's order. What the log contradicts, what was overtaken and what comes late means the same
    /// as in <see cref="LiveState"/>.
    /// </summary>
    public void Apply(MonitoringEvent e, LogPosition position)
    {
        ArgumentNullException.ThrowIfNull(e);
        var standing = Standing;
        if (IsVoid(e, standing) || standing.IsOvertaken(e))
        {
            return;
        }

        var at = position.Time;
        if (standing.IsLateWord(e))
        {
            NoteLateWord(e, at);
            return;
        }

        Describe(e, position);
        switch (e.EventType)
        {
            case EventTypes.TaskEnqueued:
                _wasEnqueued = true;
                _leftWorkerId = Status == EventStatuses.Orphaned ? WorkerId : _leftWorkerId;
                Go(EventStatuses.Pending, at, SpanKind.Waiting, e, isEnding: false);
                break;
            case EventTypes.TaskStarted:
                Attempts = Math.Max(Attempts + 1, (e.RetryCount ?? 0) + 1);
                _attempt = e.RetryCount is { } retries ? retries + 1 : _attempt + 1;
                _leftWorkerId = standing.LeftBehindBy(e);
                (Evidence, RepairedAt) = (null, null);
                WorkerId = e.WorkerId;
                Go(EventStatuses.Processing, at, SpanKind.Attempt, e, isEnding: false);
                break;
            case EventTypes.TaskRetry:
                EndAttempt(e, at);
                Go(EventStatuses.Retrying, at, SpanKind.BackOff, e, isEnding: true);
                RetryAt = RetryDelay.Of(e) is { } delay ? at + delay : null;
                break;
            case EventTypes.TaskStalled when e.IsOrphaning && EndedAt is null:
                Stall(e, at);
                break;
            case EventTypes.TaskReinstated when Status is EventStatuses.Orphaned or EventStatuses.Processing:
                Reinstate(Reinstatement.Of(e), at);
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

    /// <summary>As the live state judges it, as far as the task's own events tell; of what else happened a reinstatement tells later.</summary>
    private static bool IsVoid(MonitoringEvent e, in TaskStanding standing) => e.EventType switch
    {
        EventTypes.TaskStalled => Verdict.Of(e) is { } verdict && standing.IsContradicted(verdict),
        EventTypes.TaskReinstated => Reinstatement.Of(e) is { } told && standing.IsContradicted(told),
        _ => false,
    };

    private void Describe(MonitoringEvent e, LogPosition position)
    {
        _position = position;
        _source = e.Source ?? _source;
        _producedAt = e.Timestamp;
        TaskType ??= e.TaskType;
        Phase = e.Phase ?? Phase;
        TraceId = e.TraceId ?? TraceId;
        Error = e.Error ?? Error;
    }

    /// <summary>A new span begins; the event says how the span before ended, or not.</summary>
    private void Go(string status, DateTimeOffset at, SpanKind kind, MonitoringEvent e, bool isEnding)
    {
        Close(at, isEnding ? e : null);
        Status = status;
        (EndedAt, FailureKind, RetryAt) = (null, null, null);
        var isAttempt = kind == SpanKind.Attempt;
        _spans.Add(new StorySpan(kind, at)
        {
            Attempt = Attempts,
            WorkerId = isAttempt ? WorkerId : null,
            TraceId = isAttempt ? e.TraceId : null,
        });
    }

    /// <summary>The worker that was said to be gone with the task ends the attempt after all: it went on all the time.</summary>
    private void EndAttempt(MonitoringEvent e, DateTimeOffset at)
    {
        if (Status == EventStatuses.Orphaned && _spans is [.., { Kind: SpanKind.Attempt } last] && e.WorkerId == last.WorkerId)
        {
            _spans[^1] = last with { To = null, Outcome = null, Error = null, RepairedAt = at };
        }
        else if (e.WorkerId is { } by && by == _leftWorkerId)
        {
            NoteLateWord(e, at);
        }

        RepairedAt = Evidence is { } verdict && verdict.WorkerId == e.WorkerId ? at : RepairedAt;
        _leftWorkerId = Standing.LeftBehindBy(e);
        _attempt = e.RetryCount is { } retries ? Math.Max(_attempt, e.EventType != EventTypes.TaskRetry && e.DurationMs is not null ? retries + 1 : retries) : _attempt;
        WorkerId = e.WorkerId ?? WorkerId;
    }

    /// <summary>Nobody is at it any more.</summary>
    private void Stall(MonitoringEvent e, DateTimeOffset at)
    {
        var wasOpen = _spans is [.., { Kind: SpanKind.Attempt, To: null }];
        Close(at, e);
        (Status, Evidence, RepairedAt) = (EventStatuses.Orphaned, Verdict.Of(e), null);
        WorkerId ??= e.WorkerId;
        if (wasOpen)
        {
            _spans[^1] = _spans[^1] with { OrphanedAt = at, OrphanedBy = e.Source, RepairedAt = null, Evidence = Evidence };
        }
    }

    /// <summary>Somebody was at it all the time.</summary>
    private void Reinstate(Reinstatement? told, DateTimeOffset at)
    {
        Status = EventStatuses.Processing;
        (Evidence, RepairedAt) = told is null ? (Evidence, RepairedAt ?? at) : (told.Evidence, told.RepairedAt);
        if (_spans is [.., { Kind: SpanKind.Attempt, Outcome: EventStatuses.Orphaned } last])
        {
            // A verdict that was void has never been one
            var isVoid = !(RepairedAt >= last.OrphanedAt);
            Error = isVoid ? told?.Error : Error;
            _spans[^1] = last with
            {
                To = null,
                Outcome = null,
                Error = null,
                OrphanedAt = isVoid ? null : last.OrphanedAt,
                OrphanedBy = isVoid ? null : last.OrphanedBy,
                RepairedAt = isVoid ? null : RepairedAt,
                Evidence = isVoid ? null : Evidence,
            };
        }
    }

    /// <summary>What a worker says of its attempt after the task was taken from it stands at that attempt.</summary>
    private void NoteLateWord(MonitoringEvent e, DateTimeOffset at)
    {
        var index = _spans.FindLastIndex(span => span.Kind == SpanKind.Attempt && span.WorkerId == e.WorkerId
            && (TaskStanding.AttemptOf(e) is not { } attempt || attempt == span.Attempt));
        if (index >= 0)
        {
            _spans[index] = _spans[index] with
            {
                LateOutcome = e.EventType == EventTypes.TaskCompleted ? EventStatuses.Completed : EventStatuses.Failed,
                LateAt = at,
                Error = e.Error ?? _spans[index].Error,
            };
        }
    }

    private void End(MonitoringEvent e, DateTimeOffset at)
    {
        EndAttempt(e, at);

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
        FailureKind = Status == EventStatuses.Failed ? TaskReducer.KindOf(e, _attempt, Evidence is not null && RepairedAt is null) : null;
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
            MeasuredMs = isMeasured ? ending?.DurationMs : null,
        };
    }
}
