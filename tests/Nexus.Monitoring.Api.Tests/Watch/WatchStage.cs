using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Nexus.Monitoring.Api.Log;
using Nexus.Monitoring.Api.State;
using Nexus.Monitoring.Api.Streaming;
using Nexus.Monitoring.Api.Watch;
using Nexus.Monitoring.Client;
using Nexus.Monitoring.Contracts.Events;
using Nexus.Monitoring.Contracts.Filters;
using Nexus.Monitoring.Contracts.Log;
using Nexus.Monitoring.Contracts.State;
using Nexus.Monitoring.Contracts.Stories;

namespace Nexus.Monitoring.Api.Tests.Watch;

/// <summary>
/// A log, producers and API nodes on a clock that the test moves, in steps of one look. Heartbeats every 10 s, a time to live of 30 s, a lease of 10 s.
/// Times are seconds since the beginning.
/// </summary>
internal sealed class WatchStage : IWatchLog
{
    public static readonly DateTimeOffset Start = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    private readonly List<(LogPosition Position, MonitoringEvent Event)> _log = [];
    private readonly Dictionary<int, double> _beating = [];
    private readonly HashSet<int> _keys = [];
    private WatchTerm _fence;
    private (long Token, DateTimeOffset Expires)? _lease;

    public FakeTimeProvider Time { get; } = new(Start);

    /// <summary>While set, no server answers.</summary>
    public bool IsAway { get; set; }

    /// <summary>Happens once, between what a watcher has judged by and its append.</summary>
    public Action? BeforeAppend { get; set; }

    /// <summary>Whether the answer to the next append is lost on its way; the append itself is carried out.</summary>
    public bool LosesNextAnswer { get; set; }

    public List<Node> Nodes { get; } = [];

    /// <summary>What is known to who reads the task's own events only: a story, a filter, history.</summary>
    public (TaskState State, TaskStory Story) ToldByItself(string task)
    {
        var (state, story) = (new LiveState(), new TaskStory(task));
        foreach (var (position, e) in _log.Where(entry => entry.Event.TaskId == task))
        {
            state.Apply(e, position);
            story.Apply(e, position);
        }

        return (state.Task(task)!, story);
    }

    /// <summary>What the watchers appended: <c>31.5 worker_lost 7</c>, <c>31.5 orphaned a</c>.</summary>
    public List<string> Verdicts { get; } = [];

    public List<MonitoringEvent> VerdictEvents { get; } = [];

    public double Now => (Time.GetUtcNow() - Start).TotalSeconds;

    public Node AddNode()
    {
        var node = new Node(this);
        Nodes.Add(node);
        return node;
    }

    /// <summary>The worker begins, and beats from now on.</summary>
    public void StartWorker(int worker)
    {
        Append(EventTypes.WorkerStarted, e => e with { WorkerId = worker });
        _beating[worker] = Now;
    }

    /// <summary>From now on nothing is heard of the worker.</summary>
    public void Silence(int worker) => _beating.Remove(worker);

    /// <summary>The worker beats again, as one that was paused does.</summary>
    public void Wake(int worker)
    {
        Append(EventTypes.WorkerHeartbeat, e => e with { WorkerId = worker });
        _beating[worker] = Now;
    }

    /// <summary>The worker's heartbeat key lives although its events do not come.</summary>
    public void KeepKey(int worker, bool isThere = true) => _ = isThere ? _keys.Add(worker) : _keys.Remove(worker);

    public void Task(string type, string task, int? worker = null) =>
        Append(type, e => e with { ProjectId = "atlas", ParentTaskId = "run1", TaskId = task, TaskType = "search", Phase = "search", WorkerId = worker });

    public LogPosition Append(string type, Func<MonitoringEvent, MonitoringEvent> with)
    {
        var now = (ulong)Time.GetUtcNow().ToUnixTimeMilliseconds();
        var position = new LogPosition(now, (ulong)_log.Count);
        _log.Add((position, with(new MonitoringEvent { EventId = $"e{_log.Count}", Timestamp = Time.GetUtcNow(), EventType = type, Source = "fleet/1" })));
        return position;
    }

    /// <summary>Lets time pass: workers beat, nodes that are awake read and look.</summary>
    public async Task PassAsync(double seconds)
    {
        var end = Time.GetUtcNow().AddSeconds(seconds);
        while (Time.GetUtcNow() < end)
        {
            Time.Advance(TimeSpan.FromSeconds(0.5));
            foreach (var (worker, last) in _beating.ToList())
            {
                if (Now - last >= 10 && !IsAway)
                {
                    Wake(worker);
                }
            }

            foreach (var node in Nodes.Where(node => !node.IsAsleep).ToList())
            {
                await node.LookAsync();
            }
        }
    }

    public Task<LogClock> ReadClockAsync() => Answer(() => new LogClock(Time.GetUtcNow(), _log.Count > 0 ? _log[^1].Position : LogPosition.Start));

    public Task<WatchTerm?> TryAcquireAsync(TimeSpan timeToLive) => Answer(() =>
    {
        if (_lease is { } held && held.Expires > Time.GetUtcNow())
        {
            return (WatchTerm?)null;
        }

        _fence = new WatchTerm(_fence.Token + 1, 0);
        _lease = (_fence.Token, Time.GetUtcNow() + timeToLive);
        return _fence;
    });

    public Task<WatchTerm?> RenewAsync(WatchTerm term, TimeSpan timeToLive) => Answer(() =>
    {
        if (_lease is not { } held || held.Expires <= Time.GetUtcNow() || held.Token != term.Token)
        {
            return (WatchTerm?)null;
        }

        _lease = (term.Token, Time.GetUtcNow() + timeToLive);
        return _fence;
    });

    public Task ReleaseAsync(WatchTerm term) => Answer(() => _lease = _lease?.Token == term.Token ? null : _lease);

    public Task<IReadOnlySet<int>> FindAliveAsync(IReadOnlyList<int> workers) =>
        Answer<IReadOnlySet<int>>(() => workers.Where(_keys.Contains).ToHashSet());

    public Task<(WatchTerm Term, int Appended)?> TryAppendAsync(WatchTerm term, IReadOnlyList<PendingVerdict> verdicts) => Answer(() =>
    {
        BeforeAppend?.Invoke();
        BeforeAppend = null;
        if (_fence != term)
        {
            return ((WatchTerm, int)?)null;
        }

        var appended = verdicts.Where(verdict => verdict.SilentWorker is not { } worker || !_keys.Contains(worker)).ToList();
        foreach (var (e, _) in appended)
        {
            Append(e.EventType, original => e with { EventId = original.EventId, Timestamp = original.Timestamp, Source = "api" });
            Verdicts.Add(e.EventType == EventTypes.WorkerLost ? $"{Now} worker_lost {e.WorkerId}" : $"{Now} {e.Status} {e.TaskId}");
            VerdictEvents.Add(e);
        }

        _fence = appended.Count > 0 ? _fence.Next : _fence;
        if (LosesNextAnswer)
        {
            LosesNextAnswer = false;
            throw new LogAwayException("The answer was lost.");
        }

        return (_fence, appended.Count);
    });

    private Task<T> Answer<T>(Func<T> answer) => IsAway ? throw new LogAwayException("The log is away.") : System.Threading.Tasks.Task.FromResult(answer());

    /// <summary>An API node as far as watching needs it: what it has read, what it has folded, its watcher.</summary>
    internal sealed class Node
    {
        private readonly WatchStage _stage;
        private readonly LogTailState _tail = new();
        private readonly LogFeed _feed;
        private readonly EntryEncoder _encoder = new();
        private int _read;

        public Node(WatchStage stage)
        {
            _stage = stage;
            var options = Options.Create(new MonitoringApiOptions());
            _feed = new LogFeed(options, stage.Time);
            Watcher = new Watcher(
                stage, _tail, _feed, View, options, Options.Create(new MonitoringOptions()), stage.Time, NullLogger<Watcher>.Instance);
        }

        public LiveStateView View { get; } = new();

        public Watcher Watcher { get; }

        public bool IsAsleep { get; set; }

        public async Task LookAsync()
        {
            Read();
            await Watcher.LookAsync();
        }

        private void Read()
        {
            if (_stage.IsAway)
            {
                _feed.SetUnavailable("The log is away.");
                return;
            }

            for (; _read < _stage._log.Count; _read++)
            {
                var (position, e) = _stage._log[_read];
                _feed.Append([_encoder.Encode(EventJson.ToUtf8(e), position, EventKeys.Of(e))]);
                View.Write(state => state.Apply(e, position));
                _tail.CaughtUp(new LogExtent(_read + 1, _read + 1, position, _read + 1), position);
            }

            _feed.SetConnected();
            View.SetReady();
        }
    }
}
