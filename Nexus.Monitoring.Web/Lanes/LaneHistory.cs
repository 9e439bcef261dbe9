using Nexus.Monitoring.Contracts.Events;
using Nexus.Monitoring.Contracts.Log;
using Nexus.Monitoring.Contracts.State;

namespace Nexus.Monitoring.Web.Lanes;

/// <summary>
/// What each worker did lately, folded from events: attempts, and when it gave no sign of life. Short attempts of one worker that follow each other
/// are one piece, so that fast work costs no more than slow work. Not thread-safe.
/// </summary>
internal sealed class LaneHistory
{
    /// <summary>Most pieces kept, 12 MB; the oldest go first, and <see cref="LaneBoard.KnownSince"/> says so.</summary>
    private const int MaxBars = 150_000;

    /// <summary>Attempts under way that are remembered; a log in which more begin and never end forgets some.</summary>
    private const int MaxOpen = 100_000;

    private static readonly TimeSpan Kept = TimeSpan.FromHours(1);

    /// <summary>Attempts shorter than this may be drawn together, up to as long a piece as <see cref="LongestPiece"/>.</summary>
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(500);

    private static readonly TimeSpan LongestPiece = TimeSpan.FromSeconds(1);

    private readonly LaneBars _bars = new();
    private readonly Dictionary<int, LaneBar> _pending = [];
    private readonly Dictionary<(int Worker, string Task), (DateTimeOffset At, string? Type)> _open = [];
    private readonly Dictionary<int, DateTimeOffset> _silent = [];

    /// <summary>Where each worker last gave a sign of life, by which a verdict that came too late is known.</summary>
    private readonly Dictionary<int, LogPosition> _seen = [];

    /// <summary>Tasks of which nothing was heard since they were left behind, and by whom. Only those can be said to go on.</summary>
    private readonly Dictionary<string, int> _left = [];
    private DateTimeOffset? _knownSince;
    private long _dropped;

    public void Apply(MonitoringEvent e, LogPosition position)
    {
        var at = position.Time;
        _knownSince ??= at;
        var leftBy = e.TaskId is { } spokenOf && _left.Remove(spokenOf, out var who) ? who : (int?)null;
        if (e.WorkerId is not { } worker)
        {
            return;
        }

        switch (e.EventType)
        {
            case EventTypes.WorkerLost or EventTypes.TaskStalled when IsVoid(e, worker):
                return;
            case EventTypes.TaskStalled when !e.IsOrphaning:
                return;
            case EventTypes.TaskReinstated:
                if (leftBy == worker && _open.Count < MaxOpen)
                {
                    _open[(worker, e.TaskId!)] = (at, e.TaskType);
                }

                return;
            case EventTypes.WorkerLost:
                _silent.TryAdd(worker, Verdict.Of(e)?.LastSeenAt ?? at);
                return;
            case EventTypes.TaskStalled when e.TaskId is { } task && _open.Remove((worker, task), out var left):
                var seen = Verdict.Of(e)?.LastSeenAt ?? at;
                Add(new LaneBar(worker, left.At, seen > left.At ? seen : left.At, left.Type, task, 1, LaneMark.Orphaned));
                if (_left.Count < MaxOpen)
                {
                    _left[task] = worker;
                }

                return;
            case EventTypes.TaskStalled:
                return;
        }

        // Anything else is a sign of life.
        if (_seen.Count < MaxOpen || _seen.ContainsKey(worker))
        {
            _seen[worker] = position;
        }

        if (_silent.Remove(worker, out var since))
        {
            Add(new LaneBar(worker, since, at, null, null, 0, LaneMark.Silent));
        }

        ApplyAttempt(e, worker, at);
    }

    /// <summary>The lanes up to <paramref name="now"/>.</summary>
    public LaneBoard Build(DateTimeOffset now, TimeSpan window)
    {
        var start = now - window;
        foreach (var (worker, bar) in _pending.Where(pending => now - pending.Value.To > LongestPiece).ToList())
        {
            _pending.Remove(worker);
            Keep(bar);
        }

        Trim(now);
        var passed = _bars.CountBefore(start);
        var ended = _bars.Without(passed);
        LaneBar[] growing =
        [
            .. _open.Select(open => new LaneBar(open.Key.Worker, open.Value.At, Later(open.Value.At, now), open.Value.Type, open.Key.Task, 1, LaneMark.Open)),
            .. _pending.Values.Where(bar => bar.To >= start),
            .. _silent.Select(silent => new LaneBar(silent.Key, silent.Value, Later(silent.Value, now), null, null, 0, LaneMark.Silent | LaneMark.Open)),
        ];
        var known = _knownSince ?? now;
        var use = new LaneUse(Later(known, start), now);
        foreach (var bar in growing)
        {
            use.Add(bar);
        }

        for (var i = ended.Count - 1; i >= 0; i--)
        {
            use.Add(ended[i]);
        }

        return new LaneBoard(now, window, known, _dropped + passed, ended, growing, use.ToParts(), use.Types) { Taken = use.Taken };
    }

    public void Clear()
    {
        _dropped += _bars.Count;
        _bars.Clear();
        _pending.Clear();
        _open.Clear();
        _silent.Clear();
        _seen.Clear();
        _left.Clear();
        _knownSince = null;
    }

    /// <summary>As the live state judges it: the worker gave a sign of life that the watcher had not seen.</summary>
    private bool IsVoid(MonitoringEvent e, int worker) =>
        Verdict.Of(e) is { Reason: VerdictReasons.Silent } verdict && _seen.TryGetValue(worker, out var seen) && seen > verdict.Upto;

    private void ApplyAttempt(MonitoringEvent e, int worker, DateTimeOffset at)
    {
        switch (e.EventType)
        {
            case EventTypes.TaskStarted when e.TaskId is { } task && _open.Count < MaxOpen:
                _open[(worker, task)] = (at, e.TaskType);
                break;
            case EventTypes.TaskCompleted or EventTypes.TaskFailed or EventTypes.TaskRetry or EventTypes.TaskCancelled when e.TaskId is { } task:
                var isKnown = _open.Remove((worker, task), out var begun);
                if (isKnown || e.DurationMs is not null)
                {
                    var from = isKnown ? begun.At : at.AddMilliseconds(-Math.Clamp(e.DurationMs!.Value, 0, Kept.TotalMilliseconds));
                    var marks = e.EventType is EventTypes.TaskFailed or EventTypes.TaskRetry ? LaneMark.Failed : LaneMark.None;
                    Add(new LaneBar(worker, from, at, e.TaskType ?? begun.Type, task, 1, marks));
                }

                break;
            case EventTypes.WorkerStarted or EventTypes.WorkerStopped:
                // What it had before is not its own any more; nobody knows when it ended.
                foreach (var left in _open.Keys.Where(key => key.Worker == worker).ToList())
                {
                    _open.Remove(left);
                }

                break;
        }
    }

    private void Add(LaneBar bar)
    {
        if (_pending.TryGetValue(bar.WorkerId, out var pending))
        {
            if (MayJoin(pending, bar))
            {
                var longer = pending.Length >= bar.Length ? pending : bar;
                _pending[bar.WorkerId] = pending with { To = Later(pending.To, bar.To), TaskType = longer.TaskType, TaskId = null, Attempts = pending.Attempts + bar.Attempts };
                return;
            }

            Keep(pending);
        }

        _pending[bar.WorkerId] = bar;
    }

    private static bool MayJoin(LaneBar pending, LaneBar bar) =>
        pending.Marks == LaneMark.None && bar.Marks == LaneMark.None
        && bar.Length < Short && bar.From >= pending.From && bar.From - pending.To < Short && bar.To - pending.From < LongestPiece;

    private void Keep(LaneBar bar)
    {
        _bars.Add(bar);
        if (_bars.Count > MaxBars)
        {
            Drop();
            _knownSince = Later(_knownSince ?? bar.To, _bars.Oldest.To);
        }
    }

    private void Trim(DateTimeOffset now)
    {
        while (_bars.Count > 0 && now - _bars.Oldest.To > Kept)
        {
            Drop();
        }
    }

    private void Drop()
    {
        _bars.DropOldest();
        _dropped++;
    }

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;
}
