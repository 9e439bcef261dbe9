using Nexus.Monitoring.Contracts.Frames;
using Nexus.Monitoring.Contracts.Log;
using Nexus.Monitoring.Web.Board;

namespace Nexus.Monitoring.Web.Live;

/// <summary>
/// Reads the stream once for all circuits. It reads how things stand, goes on from that position, and when the stream is lost
/// comes back with its position for as long as it takes. What cannot be had any more is stated as a gap, and the state read anew.
/// </summary>
internal sealed class LiveFeed(IFeedSource source, TimeProvider clock, ILogger<LiveFeed> logger) : BackgroundService, ILiveFeed
{
    /// <summary>Older events than this are not asked for at start: the state has them, the list need not.</summary>
    internal static readonly TimeSpan Backfill = TimeSpan.FromMinutes(5);

    private static readonly TimeSpan PulseInterval = TimeSpan.FromMilliseconds(100);
    private readonly FeedState _state = new(clock);
    private readonly FeedMeter _meter = new(clock);
    private readonly PulseSubscribers _subscribers = new();
    private volatile TaskCompletionSource _retry = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile FeedStatus _status = new() { Phase = FeedPhase.Connecting, AsOf = clock.GetUtcNow() };
    private volatile FeedGap? _gap;

    public FeedStatus Status => _status;

    public FeedGap? Gap => _gap;

    public EventLogView Events => _state.Log.View;

    public DateTimeOffset Now => _status is { Phase: FeedPhase.Reconnecting } lost ? lost.AsOf : clock.GetUtcNow();

    public BoardModel? Board(string? project) => _state.Board(project, Now);

    public void RetryNow() => _retry.TrySetResult();

    public IDisposable Subscribe(Action pulse) => _subscribers.Add(pulse);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(ReadAsync(stoppingToken), PulseAsync(stoppingToken));

    private async Task ReadAsync(CancellationToken stoppingToken)
    {
        var attempt = 0;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await ReadOnceAsync(() => attempt = 0, stoppingToken);
                throw new IOException("The API ended the stream.");
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception problem)
            {
                // Whatever it was, the dashboard stays up, says so, and tries again.
                attempt++;
                await WaitAsync(attempt, problem, stoppingToken);
            }
        }
    }

    private async Task ReadOnceAsync(Action connected, CancellationToken stoppingToken)
    {
        if (!_state.IsKnown)
        {
            await BeginAsync(stoppingToken);
        }

        await foreach (var frame in source.ReadAsync(_state.Position, stoppingToken).WithCancellation(stoppingToken))
        {
            connected();
            await TakeAsync(frame, stoppingToken);
        }
    }

    private async Task BeginAsync(CancellationToken stoppingToken)
    {
        var snapshot = await source.ReadStateAsync(stoppingToken);
        var from = LogPosition.At(snapshot.Position.Time - Backfill);
        _state.Replace(snapshot, snapshot.Position == LogPosition.Start ? LogPosition.Start : from);
        FeedLog.StateRead(logger, snapshot.Events, snapshot.Position);
    }

    private async Task TakeAsync(StreamFrame frame, CancellationToken stoppingToken)
    {
        switch (frame)
        {
            case EventsFrame events:
                if (events.After > _state.Position)
                {
                    // Intervals chain; one that does not is a gap that nobody stated.
                    await TakeGapAsync(new GapFrame { After = _state.Position, Upto = events.After, Reason = "interval_missing" }, stoppingToken);
                }

                var fresh = _state.Apply(events.Events, events.Upto);
                foreach (var monitoringEvent in events.Events.TakeLast(fresh))
                {
                    _meter.Record(monitoringEvent.Timestamp);
                }

                break;
            case GapFrame gap:
                await TakeGapAsync(gap, stoppingToken);
                break;
        }

        if (_status.Phase != FeedPhase.Live)
        {
            FeedLog.Live(logger, _state.Position);
        }

        Publish();
    }

    private async Task TakeGapAsync(GapFrame gap, CancellationToken stoppingToken)
    {
        FeedLog.Gap(logger, gap.After, gap.Upto, gap.Reason);
        _gap = new FeedGap(gap, clock.GetUtcNow());
        // Counts would stay wrong for ever; the API's own state is whole.
        var snapshot = await source.ReadStateAsync(stoppingToken);
        _state.Replace(snapshot, gap.Upto);
    }

    private async Task WaitAsync(int attempt, Exception problem, CancellationToken stoppingToken)
    {
        var now = clock.GetUtcNow();
        var delay = FeedBackoff.Delay(attempt, Random.Shared.NextDouble());
        var wasLive = _status.Phase == FeedPhase.Live;
        FeedLog.Lost(logger, problem.Message, attempt, delay);
        _status = _status with
        {
            Phase = _state.IsKnown ? FeedPhase.Reconnecting : FeedPhase.Connecting,
            AsOf = wasLive || !_state.IsKnown ? now : _status.AsOf,
            LostAt = wasLive ? now : _status.LostAt ?? now,
            Attempt = attempt,
            NextTryAt = now + delay,
            Problem = FeedProblem.InWords(problem),
            Position = _state.Position,
        };
        _retry = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        try
        {
            await _retry.Task.WaitAsync(delay, clock, stoppingToken);
        }
        catch (TimeoutException)
        {
            // The back-off ended, as usual.
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            return;
        }

        _status = _status with { NextTryAt = null };
    }

    private void Publish()
    {
        var (latency, perSecond) = _meter.Read();
        _status = new FeedStatus
        {
            Phase = FeedPhase.Live,
            AsOf = clock.GetUtcNow(),
            Position = _state.Position,
            Latency = latency,
            EventsPerSecond = perSecond,
        };
    }

    private async Task PulseAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(PulseInterval, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                if (_status is { Phase: FeedPhase.Live } status)
                {
                    var (latency, perSecond) = _meter.Read();
                    // Only while the status is still this one: the reader may have lost the stream meanwhile.
                    Interlocked.CompareExchange(
                        ref _status, status with { AsOf = clock.GetUtcNow(), Latency = latency, EventsPerSecond = perSecond }, status);
                }

                _subscribers.Pulse();
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops.
        }
    }
}
