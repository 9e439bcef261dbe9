using Nexus.Monitoring.Contracts.Frames;
using Nexus.Monitoring.Contracts.Log;

namespace Nexus.Monitoring.Api.Streaming;

/// <summary>
/// Carries one client from a reader to a sink: snapshot or replay first, then whatever comes, with gaps, status and pings in between.
/// It awaits its own sends, so a slow client costs its own position and nothing else.
/// </summary>
internal sealed class StreamSession : ISwept
{
    /// <summary>A client that is further behind when the node stops goes on elsewhere with its cursor.</summary>
    private static readonly TimeSpan DrainTime = TimeSpan.FromSeconds(5);

    /// <summary>A stalled client that wakes up within this time reads that it was closed, and where to come back.</summary>
    private static readonly TimeSpan StallGrace = TimeSpan.FromSeconds(5);

    /// <summary>Steps without a pause after which others get their turn.</summary>
    private const int Turn = 16;

    private const long NotSending = 0;

    private readonly SessionContext _context;
    private readonly LogReader _reader;
    private readonly IStreamSink _sink;
    private readonly LogPosition? _cursor;
    private readonly SlowPolicy _slow;
    private readonly WakeSignal _wake;
    private LogEntry? _snapshot;
    private LogStatus? _toldStatus;
    private ITimer? _retryTimer;
    private long _drainStarted;
    private long _sendStarted;
    private long _pinged;
    private int _busySteps;
    private bool _wasBlocked;
    private volatile bool _isPingDue;
    private volatile bool _isStalled;
    private volatile bool _isEnded;

    public StreamSession(SessionContext context, StreamRequest request, IStreamSink sink)
    {
        _context = context;
        _sink = sink;
        _cursor = request.Cursor;
        _slow = request.Slow;
        _wake = context.Feed.NewSignal();
        _snapshot = request.Cursor is null && !sink.HasIntervals ? context.Snapshots.Create() : null;
        _reader = _snapshot is null ? context.NewReader(request) : context.NewReader(request.Filter, _snapshot.Position);
        Inbox = new SessionInbox(_wake);
        SentUpto = _reader.Position;
    }

    public SessionInbox Inbox { get; }

    /// <summary>Everything that matches up to here has been given to the transport: the cursor to come back with.</summary>
    public LogPosition Position => _reader.Position;

    /// <summary>Where the next interval begins for the client.</summary>
    private LogPosition SentUpto { get; set; }

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
                cancellationToken.ThrowIfCancellationRequested();
                if (await IsTooSlowAsync())
                {
                    return SessionEnd.SlowConsumer;
                }

                // Only a step says up to where nothing matches; what is answered or pinged carries that position.
                var isBusy = await StepAsync(cancellationToken);
                await SendControlAsync();
                if (_context.Feed.IsStopping && (!isBusy || IsDrainOver()))
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
            _reader.Release();
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
        var sending = Volatile.Read(ref _sendStarted);
        if (sending != NotSending)
        {
            var waited = _context.Time.GetElapsedTime(sending, now);
            if (waited >= _context.Options.StallTimeout && !_isStalled)
            {
                _isStalled = true;
                _context.Metrics.Stalled(_sink.Transport);
            }
            else if (waited >= _context.Options.StallTimeout + StallGrace)
            {
                _sink.Abort();
            }
        }

        if (_context.Time.GetElapsedTime(_pinged, now) >= _context.Options.PingInterval)
        {
            _pinged = now;
            _isPingDue = true;
            _wake.Set();
        }
    }

    private async Task StartAsync(CancellationToken cancellationToken)
    {
        _toldStatus = _context.Feed.Status is { IsConnected: true } connected ? connected : null;
        if (_cursor is not { } cursor)
        {
            // Where intervals are seen, an empty one says where the first begins.
            await SendAsync(_sink.SendEventsAsync(Position, Position, _snapshot is null ? EntryLists.Empty : [_snapshot]));
            _snapshot = null;
            return;
        }

        var replayed = 0L;
        var target = _context.Feed.Ring.Head.Position;
        do
        {
            await SendControlAsync();
            var step = await NextAsync(cancellationToken);
            if (step is null && !_isEnded)
            {
                await _wake.WaitAsync();
                continue;
            }

            replayed += step?.Scanned ?? 0;
            await DeliverAsync(step ?? default);
            if (step is { Kind: ReaderStepKind.Idle })
            {
                break;
            }
        }
        while (!_isEnded && !_isStalled && Position < target);

        if (_isEnded || _isStalled)
        {
            return;
        }

        await CloseIntervalAsync(Position);
        await SendAsync(_sink.SendFrameAsync(new ResumedFrame { After = cursor, Replayed = replayed }));
    }

    /// <summary>Whether there was something to do.</summary>
    private ValueTask<bool> StepAsync(CancellationToken cancellationToken)
    {
        if (_sink.Encoding is { } encoding
            && _reader.Cohort is { IsShared: true } cohort
            && _context.SharedFrames.TryGet(cohort, encoding, SentUpto, out var shared)
            && _reader.TryMoveTo(shared))
        {
            SentUpto = shared.Upto;
            _context.Metrics.Delivered(shared.Events, _sink.Transport);
            var send = SendAsync(_sink.SendEncodedAsync(shared.Bytes));
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
        return next.IsCompletedSuccessfully ? new(next.Result) : NextOutsideAsync(next, cancellationToken);
    }

    private async ValueTask<ReaderStep?> NextOutsideAsync(ValueTask<ReaderStep> next, CancellationToken cancellationToken)
    {
        try
        {
            var step = await next;
            if (_reader.Place is null && step.Scanned > 0)
            {
                // What one client reads again must not take the log from everybody else.
                await Task.Delay(
                    TimeSpan.FromSeconds((double)step.Scanned / _context.Options.ReplayEventsPerSecond), _context.Time, cancellationToken);
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

    private ValueTask DeliverAsync(in ReaderStep step) => step switch
    {
        { Kind: ReaderStepKind.Batch, Entries: { Count: > 0 } entries } => SendEventsAsync(step.Upto, entries),
        { Gap: { } gap } => SendGapAsync(gap),
        _ => default,
    };

    private ValueTask SendEventsAsync(LogPosition upto, List<LogEntry> entries)
    {
        var after = SentUpto;
        SentUpto = upto;
        _context.Metrics.Delivered(entries.Count, _sink.Transport);
        if (_sink.Encoding is { } encoding && _reader is { Cohort: { IsShared: true } cohort, Place: { } place })
        {
            var buffer = new byte[encoding.LengthFor(entries)];
            var frame = encoding.Write(buffer, after, upto, entries).ToArray();
            _context.SharedFrames.Add(cohort, encoding, after, new SharedFrame(place, upto, entries.Count, frame));
            _reader.Release();
            return SendAsync(_sink.SendEncodedAsync(frame));
        }

        var send = _sink.SendEventsAsync(after, upto, entries);
        _reader.Release();
        return SendAsync(send);
    }

    private async ValueTask SendGapAsync(GapFrame gap)
    {
        await CloseIntervalAsync(gap.After);
        await SendAsync(_sink.SendFrameAsync(gap));
        SentUpto = gap.Upto;
        _context.Metrics.Gap(gap.Reason);
    }

    /// <summary>Accounts for an interval in which nothing matched before something else begins.</summary>
    private async ValueTask CloseIntervalAsync(LogPosition upto)
    {
        if (_sink.HasIntervals && SentUpto < upto)
        {
            await SendAsync(_sink.SendEventsAsync(SentUpto, upto, EntryLists.Empty));
            SentUpto = upto;
        }
    }

    /// <summary>Whether a client that did not take what was sent at once has fallen further behind than it may, and is to be closed for it.</summary>
    private async ValueTask<bool> IsTooSlowAsync()
    {
        if (!_wasBlocked)
        {
            return false;
        }

        _wasBlocked = false;
        var limit = _slow == SlowPolicy.CatchUp ? _context.Options.CatchUpEvents : _context.Options.SlowConsumerEvents;
        if (_reader.Lag <= limit)
        {
            return false;
        }

        if (_slow == SlowPolicy.Disconnect)
        {
            return true;
        }

        await SendGapAsync(_reader.SkipToHead());
        return false;
    }

    private ValueTask SendControlAsync() =>
        _context.Feed.Status != _toldStatus || _isPingDue || Inbox.HasCommand ? SendDueAsync() : default;

    private async ValueTask SendDueAsync()
    {
        var status = _context.Feed.Status;
        if (status != _toldStatus)
        {
            _toldStatus = status;
            await SendAsync(_sink.SendFrameAsync(new StatusFrame
            {
                Log = status.IsConnected ? StatusFrame.Connected : StatusFrame.Unavailable,
                Since = status.Since,
                Message = status.Message,
            }));
        }

        if (_isPingDue)
        {
            _isPingDue = false;
            await SendAsync(_sink.SendFrameAsync(new PingFrame { Cursor = Position }));
        }

        if (Inbox.Take() is { } command)
        {
            await AnswerAsync(command);
        }
    }

    private async ValueTask AnswerAsync(ClientCommand command)
    {
        if (command.FilterProblem is { } problem)
        {
            await SendAsync(_sink.SendFrameAsync(new FilterFrame { Error = problem }));
            return;
        }

        if (command.Filter is not { } filter)
        {
            await SendAsync(_sink.SendFrameAsync(new PongFrame { Cursor = Position }));
            return;
        }

        await CloseIntervalAsync(Position);
        _context.Feed.Leave(_reader.Cohort!, _wake);
        _reader.Filter = filter;
        _reader.Cohort = _context.Feed.Join(filter, _wake);
        await SendAsync(_sink.SendFrameAsync(new FilterFrame
        {
            ProjectId = NullIfEmpty(filter.ProjectIds),
            TaskId = NullIfEmpty(filter.TaskIds),
            EventTypes = NullIfEmpty(filter.EventTypes),
            StatsOnly = filter.StatsOnly ? true : null,
            Q = filter.Query.MatchesAll ? null : filter.Query.ToString(),
            Cursor = Position,
        }));
    }

    private bool IsDrainOver()
    {
        _drainStarted = _drainStarted == 0 ? _context.Time.GetTimestamp() : _drainStarted;
        return _context.Time.GetElapsedTime(_drainStarted) > DrainTime;
    }

    private static IReadOnlyList<string>? NullIfEmpty(IReadOnlyList<string> values) => values.Count > 0 ? values : null;

    private ValueTask SendAsync(ValueTask send)
    {
        if (!send.IsCompletedSuccessfully)
        {
            return BlockedAsync(send);
        }

        send.GetAwaiter().GetResult();
        return default;
    }

    /// <summary>The client has not taken it yet; <see cref="Tick"/> looks how long that lasts.</summary>
    private async ValueTask BlockedAsync(ValueTask send)
    {
        _wasBlocked = true;
        Volatile.Write(ref _sendStarted, _context.Time.GetTimestamp());
        try
        {
            await send;
        }
        finally
        {
            Volatile.Write(ref _sendStarted, NotSending);
        }
    }
}
