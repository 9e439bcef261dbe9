using Nexus.Monitoring.Contracts.Events;
using Nexus.Monitoring.Contracts.Log;

namespace Nexus.Monitoring.Api.History.Writing;

/// <summary>
/// Remembers since when tasks wait and run, and where they ended, so that a row can say how long it was and which end no longer holds. Knows
/// of those that changed last (<see cref="RecentMap{T}"/>); of an older one the wait is not known. Not thread-safe.
/// </summary>
internal sealed class AttemptTracker
{
    private readonly RecentMap<Attempt> _open = new();
    private readonly RecentMap<TaskEnd> _ended = new();

    /// <summary>Takes an event into account, at the place where it was appended.</summary>
    public AttemptTimes Apply(MonitoringEvent e, LogPosition position)
    {
        if (About(e) is not { } about)
        {
            return default;
        }

        var key = IdHash.Whole(about);
        var end = OpensOrEnds(e.EventType) ? _ended.Find(key) : null;
        if (end is { } last)
        {
            if (last.HasOvertaken(e))
            {
                return default;
            }

            _ended.Remove(key);
        }

        return Apply(e, key, position) with { Reopened = end?.Position };
    }

    private AttemptTimes Apply(MonitoringEvent e, ulong key, LogPosition position)
    {
        var before = _open.Find(key) ?? default;
        var at = (long)position.Milliseconds;
        switch (e.EventType)
        {
            case EventTypes.TaskEnqueued:
                _open.Set(key, before with { WaitsSince = before.WaitsSince ?? at, EnqueuedAt = before.EnqueuedAt ?? at });
                return default;
            case EventTypes.TaskStarted or EventTypes.RunStarted or EventTypes.PhaseStarted:
                var waited = before.WaitsSince is { } since ? Math.Max(0, at - since) : (long?)null;
                _open.Set(key, before with { WaitsSince = null, RunsSince = at, WaitMs = waited, Starts = before.Starts + 1 });
                return new AttemptTimes(waited);
            case EventTypes.TaskRetry:
                _open.Set(key, before with { WaitsSince = at, RunsSince = null });
                return new AttemptTimes(TookMs: Since(before.RunsSince, at));
            case EventTypes.TaskCompleted or EventTypes.TaskFailed or EventTypes.TaskCancelled:
                _open.Remove(key);
                _ended.Set(key, new TaskEnd(position, e.Timestamp, e.Source, Math.Max(before.Starts, (e.RetryCount ?? 0) + 1)));
                var took = Since(before.RunsSince, at);
                var lived = before.Starts == 1 && before.WaitMs + took is { } both ? both : Since(before.EnqueuedAt, at) ?? before.WaitMs + took;
                return new AttemptTimes(before.WaitMs, took, lived, took is null ? null : Before(lived - before.WaitMs - took));
            case EventTypes.RunCompleted or EventTypes.RunFailed or EventTypes.PhaseCompleted or EventTypes.PhaseFailed:
                _open.Remove(key);
                return new AttemptTimes(TookMs: Since(before.RunsSince, at));
            default:
                return default;
        }
    }

    /// <summary>What an event is about: a task, a phase of a run, or a run.</summary>
    private static string? About(MonitoringEvent e) => EventCategories.Of(e.EventType) switch
    {
        EventCategory.Run => "run\n" + e.RunId,
        EventCategory.Phase => $"phase\n{e.RunId}\n{e.Phase}",
        _ => e.TaskId,
    };

    private static bool OpensOrEnds(string eventType) =>
        eventType is EventTypes.TaskEnqueued or EventTypes.TaskStarted || Storage.AttemptSql.IsEnd(eventType);

    private static int Before(long? milliseconds) => milliseconds is >= 0 and <= int.MaxValue and var known ? (int)known : AttemptTimes.Unknown;

    private static long? Since(long? moment, long at) => moment is { } since ? Math.Max(0, at - since) : null;

    private readonly record struct Attempt(long? WaitsSince, long? RunsSince, long? WaitMs, long? EnqueuedAt, int Starts);
}
