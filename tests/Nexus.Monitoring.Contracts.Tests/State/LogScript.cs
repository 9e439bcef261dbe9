using Nexus.Monitoring.Contracts.Events;
using Nexus.Monitoring.Contracts.Log;
using Nexus.Monitoring.Contracts.State;
using Nexus.Monitoring.Contracts.Stories;

namespace Nexus.Monitoring.Contracts.Tests.State;

/// <summary>A log written by hand: each line is one event, so many seconds after 12:00:00.</summary>
internal sealed class LogScript
{
    public static readonly DateTimeOffset Start = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    private readonly List<(LogPosition Position, MonitoringEvent Event)> _log = [];

    public static DateTimeOffset At(double seconds) => Start.AddSeconds(seconds);

    public LogScript Add(double seconds, string type, Func<MonitoringEvent, MonitoringEvent>? with = null)
    {
        // The producer's clock is two hours behind the log's: nothing in the state may depend on it.
        var e = new MonitoringEvent { EventId = $"e{_log.Count}", Timestamp = At(seconds).AddHours(-2), EventType = type, ProjectId = "atlas" };
        _log.Add((new LogPosition((ulong)At(seconds).ToUnixTimeMilliseconds(), (ulong)_log.Count), with?.Invoke(e) ?? e));
        return this;
    }

    public LogScript Task(double seconds, string type, string task, int? worker = null, long? ms = null, string? error = null, int? retry = null) =>
        Add(seconds, type, e => e with
        {
            ParentTaskId = "run1",
            TaskId = task,
            TaskType = "search",
            Phase = "search",
            WorkerId = worker,
            DurationMs = ms,
            Error = error,
            RetryCount = retry,
        });

    public LiveState Fold(LiveStateLimits? limits = null) => FoldInto(new LiveState(limits));

    public LiveState FoldInto(LiveState state)
    {
        foreach (var (position, e) in _log)
        {
            state.Apply(e, position);
        }

        return state;
    }

    public RunStory Tell(int maxTasks = RunStory.DefaultMaxTasks)
    {
        var story = new RunStory("run1", maxTasks);
        foreach (var (position, e) in _log)
        {
            story.Apply(e, position);
        }

        return story;
    }

    public (LogScript First, LogScript Second) SplitAt(int index)
    {
        var (first, second) = (new LogScript(), new LogScript());
        first._log.AddRange(_log.Take(index));
        second._log.AddRange(_log.Skip(index));
        return (first, second);
    }

    public int Count => _log.Count;
}
