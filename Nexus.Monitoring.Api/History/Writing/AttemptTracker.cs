using Nexus.Monitoring.Contracts.Events;

namespace Nexus.Monitoring.Api.History.Writing;

/// <summary>
/// Remembers since when tasks wait and run, so that a row can say how long it was. Holds the <see cref="Bound"/> to twice as many that
/// changed last; of an older one the wait is not known. Not thread-safe.
/// </summary>
internal sealed class AttemptTracker
{
    public const int Bound = 100_000;

    private Dictionary<string, Attempt> _young = [];
    private Dictionary<string, Attempt> _old = [];

    /// <summary>Takes an event into account.</summary>
    /// <param name="e">The event.</param>
    /// <param name="at">When it was appended, in milliseconds of the log's clock.</param>
    public AttemptTimes Apply(MonitoringEvent e, long at) => Apply(e.EventType, Key(e), at, e.DurationMs);

    public AttemptTimes Apply(string eventType, string? key, long at, long? durationMs)
    {
        if (key is null)
        {
            return default;
        }

        var before = Find(key);
        switch (eventType)
        {
            case EventTypes.TaskEnqueued:
                Set(key, before with { WaitsSince = before.WaitsSince ?? at, EnqueuedAt = before.EnqueuedAt ?? at });
                return default;
            case EventTypes.TaskStarted or EventTypes.RunStarted or EventTypes.PhaseStarted:
                var waited = before.WaitsSince is { } since ? Math.Max(0, at - since) : (long?)null;
                Set(key, before with { WaitsSince = null, RunsSince = at, WaitMs = waited, Starts = before.Starts + 1 });
                return new AttemptTimes(waited);
            case EventTypes.TaskRetry:
                Set(key, before with { WaitsSince = at, RunsSince = null });
                return new AttemptTimes(TookMs: Took(before, at, durationMs));
            case EventTypes.TaskCompleted or EventTypes.TaskFailed or EventTypes.TaskCancelled:
                Remove(key);
                return new AttemptTimes(
                    before.WaitMs, Took(before, at, durationMs), Since(before.RunsSince, at),
                    before.Starts == 1 && before is { WaitMs: not null, RunsSince: not null } ? null : Since(before.EnqueuedAt, at));
            case EventTypes.RunCompleted or EventTypes.RunFailed or EventTypes.PhaseCompleted or EventTypes.PhaseFailed:
                Remove(key);
                return new AttemptTimes(TookMs: Took(before, at, durationMs));
            default:
                return default;
        }
    }

    /// <summary>What an event is about: a task, a phase of a run, or a run.</summary>
    public static string? Key(MonitoringEvent e) => Key(e.EventType, e.TaskId, e.RunId, e.Phase);

    public static string? Key(string eventType, string? taskId, string? runId, string? phase) => EventCategories.Of(eventType) switch
    {
        EventCategory.Run => "run\n" + runId,
        EventCategory.Phase => $"phase\n{runId}\n{phase}",
        _ => taskId,
    };

    private static long? Took(Attempt before, long at, long? durationMs) => durationMs ?? Since(before.RunsSince, at);

    private static long? Since(long? moment, long at) => moment is { } since ? Math.Max(0, at - since) : null;

    private void Remove(string key)
    {
        _young.Remove(key);
        _old.Remove(key);
    }

    private Attempt Find(string key) => _young.TryGetValue(key, out var attempt) || _old.TryGetValue(key, out attempt) ? attempt : default;

    private void Set(string key, Attempt attempt)
    {
        if (_young.Count >= Bound)
        {
            (_old, _young) = (_young, []);
        }

        _young[key] = attempt;
    }

    private readonly record struct Attempt(long? WaitsSince, long? RunsSince, long? WaitMs, long? EnqueuedAt, int Starts);
}
