using Nexus.Monitoring.Contracts.Frames;
using Nexus.Monitoring.Contracts.Log;

namespace Nexus.Monitoring.Api.Streaming;

/// <summary>
/// Carries one client from a reader to a sink: snapshot or replay first, then whatever comes, with gaps, status and pings in between.
/// It awaits its own sends, so a slow client costs its own position and nothing else.
/// </summary>
internal sealed class StreamSession
{
    /// <summary>A client that is further behind when the node stops goes on elsewhere with its cursor.</summary>
    private static readonly TimeSpan DrainTime = TimeSpan.FromSeconds(5);

    private readonly SessionContext _context;
    private readonly LogReader _reader;
    private readonly IStreamSink _sink;
    private readonly LogPosition? _cursor;
    private readonly LogEntry? _snapshot;
    private readonly WakeSignal _wake = new();
    private LogStatus? _toldStatus;
    private LogPosition? _stoppedAt;
    private long? _drainStarted;
    private ITimer? _retryTimer;
    private volatile bool _isPingDue;
    private volatile bool _isEnded;

    public StreamSession(SessionContext context, StreamRequest request, IStreamSink sink)
    {
        _context = context;
        _sink = sink;
        _cursor = request.Cursor;
        _snapshot = request.Cursor is null && !sink.HasIntervals ? context.Snapshots.Create() : null;
        _reader = _snapshot is null ? context.NewReader(request) : context.NewReader(request.Filter, _snapshot.Position);
        Inbox = new SessionInbox(_wake);
        SentUpto = _reader.Position;
    }

    public SessionInbox Inbox { get; }

    /// <summary>Everything that matches up to here has been given to the transport: the cursor to come back with.</summary>
    public LogPosition Position => _stoppedAt ?? _reader.Position;

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
        _context.Feed.Register(_wake);
        await using var pings = _context.Time.CreateTimer(
            static state => ((StreamSession)state!).PingIsDue(), this, _context.Options.PingInterval, _context.Options.PingInterval);
        try
        {
            await StartAsync(cancellationToken);
            while (!_isEnded)
            {
                cancellationToken.ThrowIfCancellationRequested();
                await SendControlAsync();
                var isBusy = await StepAsync(cancellationToken);
                if (_context.Feed.IsStopping && (!isBusy || IsDrainOver()))
                {
                    return SessionEnd.ShuttingDown;
                }

                if (!isBusy)
                {
                    await _wake.WaitAsync();
                }
            }

            return SessionEnd.ClientGone;
        }
        catch (StalledException)
        {
            _stoppedAt = _sink.Stop();
            _context.Metrics.Stalled(_sink.Transport);
            return SessionEnd.Stalled;
        }
        finally
        {
            _context.Feed.Unregister(_wake);
            Inbox.Close();
            if (_retryTimer is not null)
            {
                await _retryTimer.DisposeAsync();
            }
        }
    }

    private async Task StartAsync(CancellationToken cancellationToken)
    {
        _toldStatus = _context.Feed.Status is { IsConnected: true } connected ? connected : null;
        if (_cursor is not { } cursor)
        {
            // Where intervals are seen, an empty one says where the first begins.
            await SendAsync(_sink.SendEventsAsync(Position, Position, _snapshot is null ? [] : [_snapshot]));
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
        while (!_isEnded && Position < target);

        await CloseIntervalAsync();
        await SendAsync(_sink.SendFrameAsync(new ResumedFrame { After = cursor, Replayed = replayed }));
    }

    /// <summary>Whether there was something to do.</summary>
    private async ValueTask<bool> StepAsync(CancellationToken cancellationToken)
    {
        if (await NextAsync(cancellationToken) is not { } step)
        {
            return false;
        }

        await DeliverAsync(step);
        return step.Kind != ReaderStepKind.Idle;
    }

    /// <summary>Null when the log is needed and does not answer; the session is woken to try again.</summary>
    private async ValueTask<ReaderStep?> NextAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await _reader.NextAsync(cancellationToken);
        }
        catch (LogAwayException)
        {
            _retryTimer ??= _context.Time.CreateTimer(
                static state => ((WakeSignal)state!).Set(), _wake, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            _retryTimer.Change(_context.Options.LogPollInterval, Timeout.InfiniteTimeSpan);
            return null;
        }
    }

    private async ValueTask DeliverAsync(ReaderStep step)
    {
        if (step is { Kind: ReaderStepKind.Batch, Entries: { Count: > 0 } entries })
        {
            await SendAsync(_sink.SendEventsAsync(SentUpto, step.Upto, entries));
            SentUpto = step.Upto;
            _context.Metrics.Delivered(entries.Count, _sink.Transport);
        }
        else if (step.Gap is { } gap)
        {
            await CloseIntervalAsync(gap.After);
            await SendAsync(_sink.SendFrameAsync(gap));
            SentUpto = gap.Upto;
            _context.Metrics.Gap(gap.Reason);
        }
    }

    private ValueTask CloseIntervalAsync() => CloseIntervalAsync(Position);

    /// <summary>Accounts for an interval in which nothing matched before something else begins.</summary>
    private async ValueTask CloseIntervalAsync(LogPosition upto)
    {
        if (_sink.HasIntervals && SentUpto < upto)
        {
            await SendAsync(_sink.SendEventsAsync(SentUpto, upto, []));
            SentUpto = upto;
        }
    }

    private async ValueTask SendControlAsync()
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

        await CloseIntervalAsync();
        _reader.Filter = filter;
        await SendAsync(_sink.SendFrameAsync(new FilterFrame
        {
            ProjectId = NullIfEmpty(filter.ProjectIds),
            TaskId = NullIfEmpty(filter.TaskIds),
            EventTypes = NullIfEmpty(filter.EventTypes),
            StatsOnly = filter.StatsOnly ? true : null,
            Cursor = Position,
        }));
    }

    private bool IsDrainOver() =>
        _context.Time.GetElapsedTime(_drainStarted ??= _context.Time.GetTimestamp()) > DrainTime;

    private void PingIsDue()
    {
        _isPingDue = true;
        _wake.Set();
    }

    private static IReadOnlyList<string>? NullIfEmpty(IReadOnlyList<string> values) => values.Count > 0 ? values : null;

    private ValueTask SendAsync(ValueTask send) => send.IsCompletedSuccessfully ? send : WithinStallTimeoutAsync(send.AsTask());

    private async ValueTask WithinStallTimeoutAsync(Task send)
    {
        try
        {
            await send.WaitAsync(_context.Options.StallTimeout, _context.Time);
        }
        catch (TimeoutException) when (!send.IsCompleted)
        {
            throw new StalledException();
        }
    }
}
