using System.Buffers;
using Nexus.Monitoring.Contracts.Frames;
using Nexus.Monitoring.Contracts.Log;

namespace Nexus.Monitoring.Api.Streaming;

/// <summary>
/// Carries one client from a reader to a sink: snapshot or replay first, then whatever comes, with gaps, status and pings in between.
/// It awaits its own sends, so a slow client costs its own position and nothing else.
/// </summary>
internal sealed class StreamSession : IStreamSession, ISwept
{
    /// <summary>A client that is further behind when the node stops goes on elsewhere with its cursor.</summary>
    private static readonly TimeSpan DrainTime = TimeSpan.FromSeconds(5);

    /// <summary>One that takes nothing at all is not waited for any longer either, or the node would stop no sooner than the host's patience ends.</summary>
    private static readonly TimeSpan DrainGrace = TimeSpan.FromSeconds(2);

    /// <summary>A stalled client that wakes up within this time reads that it was closed, and where to come back.</summary>
    private static readonly TimeSpan StallGrace = TimeSpan.FromSeconds(5);

    /// <summary>So often somebody who may not read on yet looks whether the client is still there.</summary>
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(1);

    /// <summary>How long a client may take nothing before the page is given up that it is served from.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(100);

    /// <summary>Steps without a pause after which others get their turn.</summary>
    private const int Turn = 16;

    private readonly SessionContext _context;
    private readonly LogReader _reader;
    private readonly IStreamSink _sink;
    private readonly LogPosition? _cursor;
    private readonly SlowPolicy _slow;
    private readonly WakeSignal _wake;
    private readonly SessionOutput _output;
    private readonly SessionControl _control;
    private readonly ReplayBudget _budget;
    private LogEntry? _snapshot;
    private ITimer? _retryTimer;
    private long _pinged;
    private int _busySteps;
    private volatile bool _isStalled;
    private volatile bool _isEnded;

    public StreamSession(SessionContext context, StreamRequest request, IStreamSink sink)
    {
        _context = context;
        _sink = sink;
        _cursor = request.Cursor;
        _slow = request.Slow;
        _budget = context.ReplayBudgets.Of(request.Client);
        _wake = context.Feed.NewSignal();
        _snapshot = request.Cursor is null && !sink.HasIntervals ? context.Snapshots.Create() : null;
        _reader = _snapshot is null
            ? context.NewReader(request, readAhead: context.ReadAhead)
            : context.NewReader(request.Filter, _snapshot.Position, readAhead: context.ReadAhead);
        _output = new SessionOutput(context, sink, _reader.Position);
        _control = new SessionControl(context, _reader, _output, _wake);
    }

    public SessionInbox Inbox => _control.Inbox;

    /// <summary>Everything that matches up to here has been given to the transport: the cursor to come back with.</summary>
    public LogPosition Position => _reader.Position;

    /// <inheritdoc/>
    public Task PostAsync(ClientCommand command) => Inbox.PostAsync(command);

    /// <summary>Tells the session that its client is gone.</summary>
    public void End()
    {
        _isEnded = true;
        _wake.Set();
    }

    /// <summary>Runs until the client is gone, stalls, or the node stops. What the sink throws is passed on.</summary>
    public async Task<SessionEnd> RunAsync(CancellationToken cancellationToken)
    {
        _reader.Cohort = _context.Feed.Join(_reader.Filter, _wake);
        _pinged = _context.Time.GetTimestamp();
        _context.Sweep.Add(this);
        try
        {
            await StartAsync(cancellationToken);
            while (!_isEnded && !_isStalled)
            {
                if (_reader.IsAheadOfTheLog)
                {
                    return SessionEnd.UnknownCursor;
                }

                cancellationToken.ThrowIfCancellationRequested();
                if (await IsTooSlowAsync())
                {
                    return SessionEnd.SlowConsumer;
                }

                // Only a step says up to where nothing matches; what is answered or pinged carries that position.
                var isBusy = await StepAsync(cancellationToken);
                await _control.SendAsync();
                if (_context.Feed.IsStopping && (!isBusy || IsDrained()))
                {
                    return SessionEnd.ShuttingDown;
                }

                if (!isBusy)
                {
                    _busySteps = 0;
                    await _wake.WaitAsync();
                }
                else if (++_busySteps % Turn == 0)
                {
                    await Task.Yield();
                }
            }

            return _isStalled ? SessionEnd.SlowConsumer : SessionEnd.ClientGone;
        }
        catch (Exception error) when (_isStalled && error is not OperationCanceledException)
        {
            return SessionEnd.SlowConsumer;
        }
        finally
        {
            _context.Sweep.Remove(this);
            _context.Feed.Leave(_reader.Cohort!, _wake);
            _reader.Close();
            Inbox.Close();
            if (_retryTimer is not null)
            {
                await _retryTimer.DisposeAsync();
            }
        }
    }

    /// <inheritdoc/>
    public void Tick(long now)
    {
        if (_output.Waited(now) is { } waited)
        {
            if (waited >= _context.Options.StallTimeout && !_isStalled)
            {
                _isStalled = true;
                _context.Metrics.Stalled(_sink.Transport);
            }
            else if (waited >= _context.Options.StallTimeout + StallGrace || _context.Feed.StoppedFor(now) >= DrainTime + DrainGrace)
            {
                _sink.Abort();
            }
        }

        if (_context.Time.GetElapsedTime(_pinged, now) >= _context.Options.PingInterval)
        {
            _pinged = now;
            _control.Ping();
        }
    }

    private async Task StartAsync(CancellationToken cancellationToken)
    {
        _control.Begin();
        if (_cursor is not { } cursor)
        {
            await _output.SendStartAsync(_snapshot);
            _snapshot = null;
            return;
        }

        var replayed = 0L;
        var target = _context.Feed.Ring.Head.Position;
        var isThere = false;
        while (!isThere)
        {
            await _control.SendAsync();
            if (_isEnded || _isStalled || _context.Feed.IsStopping)
            {
                return;
            }

            if (await NextAsync(cancellationToken) is not { } step)
            {
                await _wake.WaitAsync();
                continue;
            }

            if (_reader.IsAheadOfTheLog)
            {
                return;
            }

            replayed += step.Scanned;
            await DeliverAsync(step);
            isThere = step.Kind == ReaderStepKind.Idle || (_reader.IsVerified && Position >= target);
        }

        if (_isEnded || _isStalled)
        {
            return;
        }

        await _output.CloseIntervalAsync(Position);
        await _output.SendFrameAsync(new ResumedFrame { After = cursor, Replayed = replayed });
    }

    /// <summary>Whether there was something to do.</summary>
    private ValueTask<bool> StepAsync(CancellationToken cancellationToken)
    {
        if (_sink.Encoding is { } encoding
            && _reader.Cohort is { IsShared: true } cohort
            && _context.Feed.SharedFrames.TryGet(cohort, encoding, _output.SentUpto, out var shared)
            && _reader.TryMoveTo(shared))
        {
            var send = _output.SendSharedAsync(shared);
            return send.IsCompletedSuccessfully ? ValueTask.FromResult(true) : AfterAsync(send);
        }

        var next = NextAsync(cancellationToken);
        return next.IsCompletedSuccessfully ? AfterAsync(next.Result) : AwaitAsync(next);
    }

    private async ValueTask<bool> AwaitAsync(ValueTask<ReaderStep?> next) => await AfterAsync(await next);

    private ValueTask<bool> AfterAsync(ReaderStep? step)
    {
        if (step is not { } found)
        {
            return ValueTask.FromResult(false);
        }

        var send = DeliverAsync(found);
        return found.Kind == ReaderStepKind.Idle ? ValueTask.FromResult(false)
            : send.IsCompletedSuccessfully ? ValueTask.FromResult(true)
            : AfterAsync(send);
    }

    private static async ValueTask<bool> AfterAsync(ValueTask send)
    {
        await send;
        return true;
    }

    /// <summary>Null when the log is needed and does not answer; the session is woken to try again.</summary>
    private ValueTask<ReaderStep?> NextAsync(CancellationToken cancellationToken)
    {
        var next = _reader.NextAsync(cancellationToken);
        if (!next.IsCompletedSuccessfully)
        {
            return NextOutsideAsync(next, cancellationToken);
        }

        var step = next.Result;
        return step.Replayed == 0 ? new(step) : NextOutsideAsync(new(step), cancellationToken);
    }

    private async ValueTask<ReaderStep?> NextOutsideAsync(ValueTask<ReaderStep> next, CancellationToken cancellationToken)
    {
        try
        {
            var step = await next;
            if (step.Replayed > 0)
            {
                await PauseAsync(_budget.Take(step.Replayed), cancellationToken);
            }

            return step;
        }
        catch (LogAwayException)
        {
            _retryTimer ??= _context.Time.CreateTimer(
                static state => ((WakeSignal)state!).Set(), _wake, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            _retryTimer.Change(_context.Options.LogPollInterval, Timeout.InfiniteTimeSpan);
            return null;
        }
    }

    /// <summary>What one client reads again must not take the log from everybody else. Nobody waits whose client is gone, or whose node stops.</summary>
    private async Task PauseAsync(TimeSpan pause, CancellationToken cancellationToken)
    {
        for (var left = pause; left > TimeSpan.Zero && !_isEnded && !_context.Feed.IsStopping; left -= LongestPause)
        {
            await Task.Delay(left < LongestPause ? left : LongestPause, _context.Time, _context.Feed.Stopping)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    private ValueTask DeliverAsync(in ReaderStep step) => step switch
    {
        { Kind: ReaderStepKind.Batch, Entries: { Count: > 0 } entries } => SendEventsAsync(step.Upto, entries),
        { Gap: { } gap } => _output.SendGapAsync(gap),
        _ => default,
    };

    private ValueTask SendEventsAsync(LogPosition upto, List<LogEntry> entries)
    {
        ValueTask send;
        if (_sink.Encoding is { } encoding && _reader is { Cohort: { IsShared: true } cohort, Place: { } place })
        {
            var after = _output.SentUpto;
            var buffer = ArrayPool<byte>.Shared.Rent(encoding.LengthFor(entries));
            var frame = new SharedFrame(place, upto, entries.Count, encoding.Write(buffer, after, upto, entries).ToArray());
            ArrayPool<byte>.Shared.Return(buffer);
            _context.Feed.SharedFrames.Add(cohort, encoding, after, frame);
            send = _output.SendSharedAsync(frame);
        }
        else
        {
            send = _output.SendEventsAsync(upto, entries);
        }

        _reader.Release();
        return send.IsCompletedSuccessfully || !_reader.HoldsPage ? send : LetGoAsync(send);
    }

    /// <summary>A client that takes nothing makes the node hold what it is being sent, and not what it would be sent next.</summary>
    private async ValueTask LetGoAsync(ValueTask send)
    {
        var sent = send.AsTask();
        await sent.WaitAsync(Patience, _context.Time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!sent.IsCompleted)
        {
            _reader.GiveUpPage();
        }

        await sent;
    }

    /// <summary>Whether a client that did not take what was sent at once has fallen further behind than it may, and is to be closed for it.</summary>
    private ValueTask<bool> IsTooSlowAsync()
    {
        if (!_output.TakeBlocked())
        {
            return default;
        }

        var limit = _slow == SlowPolicy.CatchUp ? _context.Options.CatchUpEvents : _context.Options.SlowConsumerEvents;
        return _reader.Lag <= limit ? default : FallBehindAsync();
    }

    private async ValueTask<bool> FallBehindAsync()
    {
        if (_slow == SlowPolicy.Disconnect)
        {
            return true;
        }

        await _output.SendGapAsync(_reader.SkipToHead());
        return false;
    }

    /// <summary>Whoever reads behind the ring does so at another node just as well.</summary>
    private bool IsDrained() => _reader.Place is null || _context.Feed.StoppedFor(_context.Time.GetTimestamp()) >= DrainTime;
}
