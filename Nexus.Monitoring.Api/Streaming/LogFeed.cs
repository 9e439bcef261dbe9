using System.Diagnostics;
using Microsoft.Extensions.Options;
using Nexus.Monitoring.Contracts.Filters;
using Nexus.Monitoring.Contracts.Log;

namespace Nexus.Monitoring.Api.Streaming;

/// <summary>
/// Where the log's one writer on this node and its readers meet: the ring, the state of the log, and who wants what. An entry is routed once
/// to the cohorts that want it; setting a signal is all that a reader costs the writer.
/// </summary>
#pragma warning disable CA1001 // A source without a timer, whose wait handle nobody asks for, holds nothing to dispose of.
internal sealed class LogFeed
#pragma warning restore CA1001
{
    /// <summary>So few clients are served before another thread would have been woken for some of them.</summary>
    private const uint LaneFill = 128;

    private readonly MonitoringApiOptions _options;
    private readonly TimeProvider _time;
    private readonly Lock _gate = new();
    private readonly SubscriptionIndex _index = new();
    private readonly List<Cohort> _touched = [];
    private readonly WakeLane[] _lanes = [.. Enumerable.Range(0, Environment.ProcessorCount).Select(_ => new WakeLane())];
    private int _signals;
    private long _folded = -1;

    private volatile EventRing _ring;
    private volatile LogStatus _status;
    private readonly CancellationTokenSource _stopping = new();
    private long _stoppedAt;
    private volatile bool _isRead;

    public LogFeed(IOptions<MonitoringApiOptions> options, TimeProvider time)
    {
        _options = options.Value;
        _time = time;
        _ring = NewRing(LogPosition.Start, null);
        SharedFrames.Restart(_ring);
        _status = new LogStatus(false, time.GetUtcNow(), "The log is being read for the first time.");
    }

    public EventRing Ring => _ring;

    /// <summary>What was encoded for several readers of the ring.</summary>
    public SharedFrames SharedFrames { get; } = new();

    public LogStatus Status => _status;

    /// <summary>The node shuts down: readers send what is due and end.</summary>
    public bool IsStopping => _stopping.IsCancellationRequested;

    /// <summary>Cancelled then.</summary>
    public CancellationToken Stopping => _stopping.Token;

    /// <summary>How long ago that began; zero while it has not.</summary>
    public TimeSpan StoppedFor(long now) => IsStopping ? _time.GetElapsedTime(Volatile.Read(ref _stoppedAt), now) : TimeSpan.Zero;

    /// <summary>Most that <see cref="LetFoldAsync"/> waits, for each page that the writer appends.</summary>
    public TimeSpan MostForFolding { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>The whole log has been read once.</summary>
    public bool IsRead => _isRead;

    /// <summary>Told, on the writer's thread, of an entry about which a reader's filter could not decide, and why.</summary>
    public Action<LogEntry, Exception>? Undecided
    {
        get => _index.Undecided;
        set => _index.Undecided = value;
    }

    /// <summary>A signal whose waiter takes its turn with others.</summary>
    public WakeSignal NewSignal() => new(_lanes[(uint)Interlocked.Increment(ref _signals) / LaneFill % (uint)_lanes.Length]);

    /// <summary>Adds what was read. The caller's thread serves some of the readers itself before it returns.</summary>
    public void Append(IReadOnlyList<LogEntry> entries)
    {
        if (entries.Count == 0)
        {
            return;
        }

        var isHeld = _lanes[0].TryHold();
        try
        {
            lock (_gate)
            {
                AddAndRoute(entries);
            }
        }
        finally
        {
            if (isHeld)
            {
                _lanes[0].Run();
            }
        }
    }

    /// <summary>
    /// Told by the reader that folds every event how far it has come. One that leaves the ring behind must read and decode anew what it could have
    /// taken from there, and stays behind for as long as much is appended.
    /// </summary>
    /// <param name="last">What it folded last.</param>
    public void SetFolded(LogEntry last) => Volatile.Write(ref _folded, last.Index);

    /// <summary>
    /// For the writer, before it appends more: gives the reader that folds some time when it is about to lose the ring. Only some, so that
    /// whatever becomes of that reader cannot stop the stream; one that is not in the ring, or none, is not waited for.
    /// </summary>
    public async ValueTask LetFoldAsync(CancellationToken cancellationToken)
    {
        var began = Stopwatch.GetTimestamp();
        while (IsFoldingBehind && Stopwatch.GetElapsedTime(began) < MostForFolding && !cancellationToken.IsCancellationRequested)
        {
            await Task.Delay(1, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private bool IsFoldingBehind
    {
        get
        {
            var ring = _ring;
            var index = Volatile.Read(ref _folded);
            var isFull = ring.Count >= _options.RingEvents / 2 || ring.Bytes >= _options.RingBytes / 2;
            return isFull && index >= 0 && ring.Head.Index - index > ring.Count / 2 && ring.Get(index) is not null;
        }
    }

    /// <summary>
    /// Gives up what is held, because the log does not continue it; goes on after <paramref name="start"/>. Every reader is told, once.
    /// </summary>
    public void Restart(LogPosition start, string? reason)
    {
        lock (_gate)
        {
            var ring = NewRing(start, reason);
            foreach (var cohort in _index.Cohorts)
            {
                cohort.Restart(ring);
            }

            Volatile.Write(ref _folded, -1);
            _ring = ring;
            SharedFrames.Restart(ring);
        }

        WakeAll();
    }

    /// <summary>The log answers, and its end was reached.</summary>
    public void SetConnected()
    {
        _isRead = true;
        if (!_status.IsConnected)
        {
            _status = new LogStatus(true, _time.GetUtcNow(), null);
            WakeAll();
        }
    }

    public void SetUnavailable(string message)
    {
        var status = _status;
        if (status.IsConnected || status.Message != message)
        {
            _status = new LogStatus(false, status.IsConnected ? _time.GetUtcNow() : status.Since, message);
            WakeAll();
        }
    }

    public void Stop()
    {
        Volatile.Write(ref _stoppedAt, _time.GetTimestamp());
        _stopping.Cancel();
        WakeAll();
    }

    /// <summary>From now on the signal is set when something that matches is appended, and when the log's state changes.</summary>
    public Cohort Join(EventFilter filter, WakeSignal signal)
    {
        lock (_gate)
        {
            return _index.Join(filter, signal, _ring);
        }
    }

    public void Leave(Cohort cohort, WakeSignal signal)
    {
        lock (_gate)
        {
            _index.Leave(cohort, signal);
        }
    }

    private void AddAndRoute(IReadOnlyList<LogEntry> entries)
    {
        var ring = _ring;
        for (var i = 0; i < entries.Count; i++)
        {
            ring.Append(entries[i]);
            _index.Route(entries[i], _touched);
        }

        ring.Publish();
        foreach (var cohort in _touched)
        {
            cohort.IsTouched = false;
            Wake(cohort);
        }

        _touched.Clear();
    }

    private void WakeAll()
    {
        lock (_gate)
        {
            foreach (var cohort in _index.Cohorts)
            {
                Wake(cohort);
            }
        }
    }

    private static void Wake(Cohort cohort)
    {
        foreach (var signal in cohort.Signals)
        {
            signal.Set();
        }
    }

    private EventRing NewRing(LogPosition start, string? reason) => new(start, _options.RingEvents, _options.RingBytes, reason);
}
