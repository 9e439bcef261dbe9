using Nexus.Monitoring.Client.Reading;
using Nexus.Monitoring.Contracts.Events;
using Nexus.Monitoring.Contracts.Frames;
using Nexus.Monitoring.Contracts.Log;
using Nexus.Monitoring.Contracts.State;
using Nexus.Monitoring.Web.Board;
using Nexus.Monitoring.Web.Lanes;

namespace Nexus.Monitoring.Web.Live;

/// <summary>
/// Reads the stream once for all circuits. It reads how things stand and goes on from that position; the reader comes back for
/// ever when the stream is lost. What cannot be had any more is stated as a gap, and the state read anew.
/// </summary>
internal sealed class LiveFeed(IFeedSource source, TimeProvider clock, ILogger<LiveFeed> logger) : BackgroundService, ILiveFeed
{
    /// <summary>How far back the list begins at start, in time and in pages of a thousand; the state knows all of it anyway.</summary>
    private static readonly TimeSpan Backfill = TimeSpan.FromMinutes(15);

    private const int BackfillPages = 8;

    private static readonly TimeSpan PulseInterval = TimeSpan.FromMilliseconds(100);
    private readonly FeedState _state = new(clock);
    private readonly FeedMeter _meter = new(clock);
    private readonly PulseSubscribers _subscribers = new();
    private volatile TaskCompletionSource _retry = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile FeedStatus _status = new() { Phase = FeedPhase.Connecting, AsOf = clock.GetUtcNow() };
    private volatile FeedTrouble? _trouble;
    private volatile FeedGap? _gap;
    private volatile StatusFrame? _log;

    public FeedStatus Status => _status;

    public FeedGap? Gap => _gap;

    public EventLogView Events => _state.Log.View;

    public DateTimeOffset Now => _status is { IsStale: true } lost ? lost.AsOf : clock.GetUtcNow();

    public BoardModel? Board(string? project) => _state.Board(project, Now);

    public LaneBoard? Lanes(TimeSpan window) => _state.Lanes(window, Now);

    public void RetryNow()
    {
        _retry.TrySetResult();
        source.TryNow();
    }

    /// <summary>From the log to here, of the events of the last ten seconds.</summary>
    public DurationHistogram Latencies() => _meter.Latencies();

    public IDisposable Subscribe(Action pulse) => _subscribers.Add(pulse);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(ReadAsync(stoppingToken), PulseAsync(stoppingToken));

    private async Task ReadAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (true)
            {
                await FollowAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops.
        }
    }

    /// <summary>Until the position is refused, as after the log was put back to an older one: then another state is the beginning.</summary>
    private async Task FollowAsync(CancellationToken stoppingToken)
    {
        var snapshot = await ReadStateAsync(stoppingToken);
        _state.Replace(snapshot, snapshot.Position, await ReadOlderAsync(snapshot.Position, stoppingToken));
        try
        {
            await foreach (var frame in source.ReadAsync(snapshot.Position, stoppingToken))
            {
                await TakeAsync(frame, stoppingToken);
            }
        }
        catch (StreamRefusedException refused)
        {
            FeedLog.Refused(logger, refused.Message);
            await WaitAsync(FeedBackoff.Delay(1, Random.Shared.NextDouble()), stoppingToken);
        }
    }

    private async Task TakeAsync(StreamFrame frame, CancellationToken stoppingToken)
    {
        switch (frame)
        {
            case EventsFrame events:
                var fresh = _state.Apply(events.Events, events.Upto);
                _meter.Record(events.Events, fresh);
                break;
            case GapFrame gap:
                FeedLog.Gap(logger, gap.After, gap.Upto, gap.Reason);
                _gap = new FeedGap(gap, clock.GetUtcNow());
                // Counts would stay wrong for ever; the API's own state is whole.
                _state.Replace(await ReadStateAsync(stoppingToken), gap.Upto, older: []);
                break;
            case StatusFrame status:
                _log = status;
                break;
        }
    }

    /// <summary>What happened before, for the list; it goes without where that cannot be had.</summary>
    private async Task<List<MonitoringEvent>> ReadOlderAsync(LogPosition upto, CancellationToken stoppingToken)
    {
        var pages = new Stack<IReadOnlyList<MonitoringEvent>>();
        try
        {
            var oldest = upto.Time - Backfill;
            while (upto > LogPosition.Start && upto.Time > oldest && pages.Count < BackfillPages)
            {
                var page = await source.ReadBackAsync(upto, stoppingToken);
                pages.Push(page.Events);
                // The beginning of the log is reached where a page begins where it ends.
                if (page.After >= upto)
                {
                    break;
                }

                upto = page.After;
            }
        }
        catch (Exception problem) when (!stoppingToken.IsCancellationRequested && problem is not OutOfMemoryException)
        {
            FeedLog.OlderNotRead(logger, FeedProblem.InWords(problem));
        }

        return [.. pages.SelectMany(page => page)];
    }

    /// <summary>As often as it takes.</summary>
    private async Task<LiveStateSnapshot> ReadStateAsync(CancellationToken stoppingToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                var snapshot = await source.ReadStateAsync(stoppingToken);
                FeedLog.StateRead(logger, snapshot.Events, snapshot.Position);
                _trouble = null;
                return snapshot;
            }
            catch (Exception problem) when (!stoppingToken.IsCancellationRequested && problem is not OutOfMemoryException)
            {
                var delay = FeedBackoff.Delay(attempt, Random.Shared.NextDouble());
                var words = FeedProblem.InWords(problem);
                FeedLog.StateNotRead(logger, words, attempt, delay);
                _trouble = new FeedTrouble(attempt, clock.GetUtcNow() + delay, words);
                await WaitAsync(delay, stoppingToken);
            }
        }
    }

    private async Task WaitAsync(TimeSpan delay, CancellationToken stoppingToken)
    {
        _retry = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        try
        {
            await _retry.Task.WaitAsync(delay, clock, stoppingToken);
        }
        catch (TimeoutException)
        {
            // The back-off ended, as usual.
        }
    }

    private async Task PulseAsync(CancellationToken stoppingToken)
    {
        var status = new FeedStatusSource(clock, _meter);
        using var timer = new PeriodicTimer(PulseInterval, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                var before = _status;
                _status = status.Next(source.Connection, _trouble, _log, _state);
                FeedLog.Changed(logger, before, _status);
                _subscribers.Pulse();
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops.
        }
    }
}
