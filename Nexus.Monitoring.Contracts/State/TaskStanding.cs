using Nexus.Monitoring.Contracts.Events;
using Nexus.Monitoring.Contracts.Log;

namespace Nexus.Monitoring.Contracts.State;

/// <summary>
/// How a task stands, as far as it decides whether an event still means what it says. The live state and the stories ask the same, so that they
/// tell the same.
/// </summary>
internal readonly record struct TaskStanding(string Status, int Attempt, int? WorkerId, int? LeftWorkerId, LogPosition Position)
{
    public string? Source { get; init; }

    public DateTimeOffset? ProducedAt { get; init; }

    public bool WasEnqueued { get; init; }

    private bool HasEnded => Status is EventStatuses.Completed or EventStatuses.Failed or EventStatuses.Cancelled;

    /// <summary>
    /// Whether a later event about the same attempt came first: a producer that sends out of order, or several threads that race. Its count and its
    /// sender say so together: either alone could be a task that is done anew, or a clock that was set back.
    /// </summary>
    public bool IsOvertaken(MonitoringEvent e) =>
        e.RetryCount < Attempt
        && e.Source is not null && e.Source == Source && e.Timestamp <= ProducedAt
        && e.EventType switch
        {
            EventTypes.TaskStarted => HasEnded || Status == EventStatuses.Retrying,
            EventTypes.TaskEnqueued => HasEnded || (Status is EventStatuses.Processing or EventStatuses.Retrying && !WasEnqueued),
            _ => false,
        };

    /// <summary>
    /// Whether a worker says how its attempt ended after the task was taken from it: put back after a verdict, or taken in hand or ended by
    /// another. That is no word about how the task stands. A result counts all the same, unless another worker is at it or has got one.
    /// </summary>
    public bool IsLateWord(MonitoringEvent e)
    {
        if (e.WorkerId is not { } by || e.EventType is not (EventTypes.TaskCompleted or EventTypes.TaskFailed or EventTypes.TaskRetry))
        {
            return false;
        }

        var attempt = AttemptOf(e);
        if (attempt > Attempt)
        {
            return false;
        }

        // Whoever ends what it never had in hand may do so for somebody else
        var hasResult = e.EventType == EventTypes.TaskCompleted;
        var isFormer = LeftWorkerId == by || attempt < Attempt;
        return Status switch
        {
            EventStatuses.Processing => WorkerId is { } holder && (holder != by ? isFormer : LeftWorkerId == by && attempt < Attempt),
            EventStatuses.Orphaned => !hasResult && WorkerId is { } last && last != by && isFormer,
            EventStatuses.Completed => LeftWorkerId == by && WorkerId != by,
            _ => !hasResult && LeftWorkerId == by && (WorkerId != by || Status == EventStatuses.Pending),
        };
    }

    /// <summary>A verdict on a task that was heard of after the watcher had looked is void, as is one on a task that nobody holds.</summary>
    public bool IsContradicted(Verdict verdict) =>
        Position > verdict.Upto || WorkerId != verdict.WorkerId || Status != EventStatuses.Processing;

    /// <summary>Whether the task went on, or into other hands, before it was said that its worker still has it.</summary>
    public bool IsContradicted(Reinstatement reinstatement) =>
        Position > reinstatement.Upto || WorkerId != reinstatement.WorkerId || Status is not (EventStatuses.Processing or EventStatuses.Orphaned);

    /// <summary>Whose attempt is superseded when the task is in the hands that the event names, or was.</summary>
    /// <param name="e">The beginning of an attempt, or the end of one that is no late word.</param>
    public int? LeftBehindBy(MonitoringEvent e) =>
        Status is EventStatuses.Processing or EventStatuses.Orphaned && WorkerId is { } holder && e.WorkerId is { } by && by != holder ? holder
        // One that has the task again is told from its former self by its count alone
        : LeftWorkerId == e.WorkerId && (e.RetryCount is null || e.EventType != EventTypes.TaskStarted) ? null
        : LeftWorkerId;

    /// <summary>Which attempt the end of one is about; null when it does not say.</summary>
    public static int? AttemptOf(MonitoringEvent e) => e.RetryCount is { } retries ? retries + (e.EventType == EventTypes.TaskRetry ? 0 : 1) : null;
}
