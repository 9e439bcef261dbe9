using Microsoft.Extensions.Options;
using Nexus.Monitoring.Api.Log;
using Nexus.Monitoring.Api.State;
using Nexus.Monitoring.Api.Streaming;
using Nexus.Monitoring.Client;
using Nexus.Monitoring.Contracts.Log;

namespace Nexus.Monitoring.Api.Watch;

/// <summary>
/// Watches the clock. Every node observes; the one that has the lease appends what it finds. Each look judges by the log as it stood at the
/// look before, which by then is folded into this node's state, and after each append and each change of the watching node a look
/// is left out: so no verdict is given twice.
/// </summary>
internal sealed class Watcher : BackgroundService
{
    private static readonly IReadOnlySet<int> NobodyAsked = new HashSet<int>();

    private readonly IWatchLog _log;
    private readonly LogTailState _tail;
    private readonly LogFeed _feed;
    private readonly LiveStateView _view;
    private readonly TimeProvider _time;
    private readonly ILogger<Watcher> _logger;
    private readonly bool _isEnabled;
    private readonly TimeSpan _lease;
    private readonly TimeSpan _timeToLive;
    private readonly ObservedTime _observed;
    private WatchTerm? _term;
    private LogClock? _asked;

    /// <summary>Whether an append may have happened of which this node does not know.</summary>
    private bool _isInDoubt;

    private long _looked;
    private long _renewed;

    public Watcher(
        IWatchLog log,
        LogTailState tail,
        LogFeed feed,
        LiveStateView view,
        IOptions<MonitoringApiOptions> api,
        IOptions<MonitoringOptions> monitoring,
        TimeProvider time,
        ILogger<Watcher> logger)
    {
        (_log, _tail, _feed, _view, _time, _logger) = (log, tail, feed, view, time, logger);
        _isEnabled = monitoring.Value.Enabled;
        _lease = api.Value.WatchLease;
        _timeToLive = monitoring.Value.HeartbeatTtl;
        _observed = new ObservedTime(_timeToLive / 3);
        Interval = _timeToLive / 20 < LongestInterval ? _timeToLive / 20 : LongestInterval;
        Interval = _lease / 4 < Interval ? _lease / 4 : Interval;
    }

    private static TimeSpan LongestInterval => TimeSpan.FromSeconds(1);

    /// <summary>Between two looks.</summary>
    public TimeSpan Interval { get; }

    /// <summary>Whether this node's findings are the ones that count.</summary>
    public bool IsWatching => _term is not null;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!_isEnabled)
        {
            return;
        }

        using var timer = new PeriodicTimer(Interval, _time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                await LookAsync();
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops.
        }

        await LeaveAsync();
    }

    /// <summary>One look at the clock. Does not throw while the log is away: then nothing is observed.</summary>
    internal async Task LookAsync()
    {
        var looked = _time.GetTimestamp();
        try
        {
            var clock = await _log.ReadClockAsync();
            _observed.Look(clock.Now, _looked == 0 ? TimeSpan.Zero : _time.GetElapsedTime(_looked, looked));
            if (await HoldAsync())
            {
                await JudgeAsync(clock);
            }
        }
        catch (LogAwayException away)
        {
            _observed.Interrupt();
            _asked = null;
            _isInDoubt = true;
            _logger.NotObserving(away.Message);
        }

        _looked = looked;
    }

    /// <summary>Gets or keeps the lease. Where an append may have happened since the log was looked at, this look is not judged by.</summary>
    private async Task<bool> HoldAsync()
    {
        if (_term is not { } term)
        {
            _renewed = _time.GetTimestamp();
            _term = await _log.TryAcquireAsync(_lease);
            if (_term is { } acquired)
            {
                _logger.Watching(acquired.Token);
            }

            return false;
        }

        if (!_isInDoubt && _time.GetElapsedTime(_renewed) < _lease / 3)
        {
            return true;
        }

        var wasInDoubt = _isInDoubt;
        _renewed = _time.GetTimestamp();
        _term = await _log.RenewAsync(term, _lease);
        _isInDoubt = false;
        if (_term is null)
        {
            _asked = null;
            _logger.Deposed(term.Token);
        }

        return _term is not null && !wasInDoubt;
    }

    private async Task JudgeAsync(LogClock clock)
    {
        if (_asked is { } asked)
        {
            if (!IsFolded(asked.Last))
            {
                return;
            }

            _asked = null;
            if (_observed.Since is { } since && await TryAppendAsync(asked.Now, since))
            {
                return;
            }
        }

        _asked = clock;
    }

    /// <summary>True when the log has changed by it, or may have.</summary>
    private async Task<bool> TryAppendAsync(DateTimeOffset now, DateTimeOffset since)
    {
        var term = _term!.Value;
        var silent = _view.Read(state => VerdictRules.Silent(state, now, since, _timeToLive));
        var alive = silent.Count == 0 ? NobodyAsked : await _log.FindAliveAsync(silent);
        var found = _view.Read(state => VerdictRules.Find(state, now, since, _timeToLive, term.Token, alive));
        if (found.Count == 0)
        {
            return false;
        }

        if (await _log.TryAppendAsync(term, found) is not { } done)
        {
            _isInDoubt = true;
            return true;
        }

        _term = done.Term;
        if (done.Appended > 0)
        {
            _logger.Appended(done.Appended, found[0].Event.Error ?? found[0].Event.EventType);
        }

        return done.Appended > 0;
    }

    /// <summary>The state holds all events up to here; the tail also knows of entries that are none.</summary>
    private bool IsFolded(LogPosition last)
    {
        var hasRead = _feed.Status.IsConnected && _tail.Read >= last;
        var head = _feed.Ring.Head.Position;
        return hasRead && _view.IsReady && _view.Read(state => state.Position) >= head;
    }

    private async Task LeaveAsync()
    {
        try
        {
            if (_term is { } term)
            {
                await _log.ReleaseAsync(term);
            }
        }
        catch (LogAwayException)
        {
            // The lease expires by itself.
        }
    }
}
