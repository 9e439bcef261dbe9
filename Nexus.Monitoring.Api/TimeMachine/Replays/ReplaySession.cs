using Nexus.Monitoring.Api.History;
using Nexus.Monitoring.Api.State;
using Nexus.Monitoring.Api.Streaming;
using Nexus.Monitoring.Contracts.Events;
using Nexus.Monitoring.Contracts.Filters;
using Nexus.Monitoring.Contracts.Frames;
using Nexus.Monitoring.Contracts.Log;

namespace Nexus.Monitoring.Api.TimeMachine.Replays;

/// <summary>
/// Carries one client through the log at its own pace: the same frames as live, and a clock. Where the log ends the stream goes on live, until the
/// client goes back.
/// </summary>
#pragma warning disable CA1001 // Whatever it reads ahead with begins and ends within its run.
internal sealed class ReplaySession : IStreamSession
#pragma warning restore CA1001
{
    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(20);

    private static readonly TimeSpan ClockInterval = TimeSpan.FromMilliseconds(250);

    /// <summary>So close to now everything that was read has been sent, and nobody is helped by waiting for the rest.</summary>
    private static readonly TimeSpan NearNow = TimeSpan.FromSeconds(1);

    private readonly ReplayContext _context;
    private readonly IStreamSink _sink;
    private readonly SlowPolicy _slow;
    private readonly SessionInbox _inbox = new(new WakeSignal());
    private readonly ReplayClock _clock;
    private readonly Lock _gate = new();
    private EventFilter _filter;
    private ReplayBuffer? _buffer;
    private bool _hasKeys;
    private Instant _begin;
    private StreamSession? _live;
    private ReplayCommand? _back;
    private LogStatus? _toldStatus;
    private LogPosition _sentUpto;
    private long _clockSent;
    private long _pinged;
    private volatile bool _isEnded;

    public ReplaySession(ReplayContext context, ReplayRequest request, IStreamSink sink)
    {
        _context = context;
        _sink = sink;
        _filter = request.Stream.Filter;
        _slow = request.Stream.Slow;
        _begin = request.From;
        _clock = new ReplayClock(Time, request.From.At, request.Speed);
        Position = request.From.Upto;
    }

    /// <inheritdoc/>
    public LogPosition Position { get; private set; }

    private TimeProvider Time => _context.Stream.Time;

    public void End()
    {
        _isEnded = true;
        lock (_gate)
        {
            _live?.End();
        }
    }

    /// <inheritdoc/>
    public Task PostAsync(ClientCommand command)
    {
        lock (_gate)
        {
            // On its way back from live, what is said next is answered after that, in the order it was said.
            if (_live is not { } live || _back is not null)
            {
                return _inbox.PostAsync(command);
            }

            if (command.Replay is not { } replay)
            {
                _filter = command.Filter ?? _filter;
                return live.PostAsync(command);
            }

            _back = replay;
            live.End();
            return Task.CompletedTask;
        }
    }

    /// <inheritdoc/>
    public async Task<SessionEnd> RunAsync(CancellationToken cancellationToken)
    {
        using var beat = new PeriodicTimer(Beat, Time);
        _pinged = Time.GetTimestamp();
        try
        {
            await BeginAsync(cancellationToken);
            while (!_isEnded)
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (_context.Stream.Feed.IsStopping)
                {
                    return SessionEnd.ShuttingDown;
                }

                if (_inbox.Take() is { } command)
                {
                    await AnswerAsync(command, cancellationToken);
                }

                var buffer = _buffer ?? await NewBufferAsync();
                await PassTimeAsync(buffer);
                if (IsLive(buffer))
                {
                    var end = await RunLiveAsync(buffer.TakenUpto, cancellationToken);
                    if (_isEnded || end != SessionEnd.ClientGone)
                    {
                        return end;
                    }
                }

                await beat.WaitForNextTickAsync(cancellationToken);
            }

            return SessionEnd.ClientGone;
        }
        catch (TimeoutException)
        {
            _context.Stream.Metrics.Stalled(_sink.Transport);
            _sink.Abort();
            return SessionEnd.SlowConsumer;
        }
        finally
        {
            _inbox.Close();
            await LeaveBufferAsync();
        }
    }

    /// <summary>Reads ahead from where the client is.</summary>
    private async Task<ReplayBuffer> NewBufferAsync()
    {
        await LeaveBufferAsync();
        _hasKeys = !_filter.MatchesAll;
        return _buffer = new ReplayBuffer(_context.SourceAfter(Position, _hasKeys), _clock.Speed, Time);
    }

    private ValueTask LeaveBufferAsync()
    {
        var buffer = _buffer;
        _buffer = null;
        return buffer?.DisposeAsync() ?? default;
    }

    /// <summary>Says where the replay begins, and, where single events are sent, how things stood there.</summary>
    private async Task BeginAsync(CancellationToken cancellationToken)
    {
        Position = _sentUpto = await _context.LastOfAsync(_begin.Upto, cancellationToken);
        await NewBufferAsync();
        await SendAsync(_sink.SendEventsAsync(
            Position, Position, !_sink.HasIntervals && await DescribeAsync(cancellationToken) is { } snapshot ? [snapshot] : EntryLists.Empty));
        await SendClockAsync();
    }

    /// <summary>Null when that cannot be told; events go on from there all the same.</summary>
    private async Task<LogEntry?> DescribeAsync(CancellationToken cancellationToken)
    {
        try
        {
            var snapshot = await _context.Jumps.ReadAsync(
                Position, 0, folded => SnapshotSource.Describe(folded.State, _begin.At), cancellationToken);
            return EntryEncoder.EncodeAlone(EventJson.ToUtf8(snapshot), Position, EventKeys.Of(snapshot));
        }
        catch (Exception error) when (error is InstantAwayException or HistoryUnavailableException or LogAwayException or TimeoutException)
        {
            return null;
        }
    }

    private async Task PassTimeAsync(ReplayBuffer buffer)
    {
        buffer.Speed = _clock.Speed;
        if (buffer.IsLogAway || _toldStatus is not null)
        {
            _toldStatus = await TellAsync(buffer.IsLogAway ? _context.Stream.Feed.Status : null);
        }

        _clock.Advance(buffer.KnownUpto);
        if (_clock.IsPlaying)
        {
            await SendDueAsync(buffer);
        }

        if (Time.GetElapsedTime(_pinged) >= _context.Stream.Options.PingInterval)
        {
            _pinged = Time.GetTimestamp();
            await SendAsync(_sink.SendFrameAsync(new PingFrame { Cursor = Position }));
        }

        if (_clock.IsPlaying && Time.GetElapsedTime(_clockSent) >= ClockInterval)
        {
            await SendClockAsync();
        }
    }

    private async Task SendDueAsync(ReplayBuffer buffer)
    {
        var limits = _context.Stream.Limits;
        var batch = new List<LogEntry>();
        var bytes = 0;
        while (buffer.Take(_clock.Now) is { } entry)
        {
            if (entry.IsWantedBy(_filter))
            {
                if (batch.Count >= limits.Events || !limits.HasRoomFor(entry, bytes))
                {
                    await SendAsync(batch);
                    bytes = 0;
                }

                batch.Add(entry);
                bytes += entry.Json.Length;
            }

            Position = entry.Position;
        }

        await SendAsync(batch);
        if (buffer.TakeGap() is { } gap)
        {
            await CloseIntervalAsync(gap.After);
            await SendAsync(_sink.SendFrameAsync(gap));
            Position = _sentUpto = gap.Upto;
        }
    }

    private async Task SendAsync(List<LogEntry> batch)
    {
        if (batch.Count > 0)
        {
            await SendAsync(_sink.SendEventsAsync(_sentUpto, Position, batch));
            _context.Stream.Metrics.Delivered(batch.Count, _sink.Transport);
            _sentUpto = Position;
            batch.Clear();
        }
    }

    private async Task CloseIntervalAsync(LogPosition upto)
    {
        if (_sink.HasIntervals && _sentUpto < upto)
        {
            await SendAsync(_sink.SendEventsAsync(_sentUpto, upto, EntryLists.Empty));
        }

        _sentUpto = upto > _sentUpto ? upto : _sentUpto;
    }

    private bool IsLive(ReplayBuffer buffer) => _clock.IsPlaying && buffer.IsAtEnd && _clock.Now >= Time.GetUtcNow() - NearNow;

    /// <summary>Goes on live until the client is gone or wants to go back.</summary>
    private async Task<SessionEnd> RunLiveAsync(LogPosition sent, CancellationToken cancellationToken)
    {
        var head = _context.Head;
        StreamSession live;
        lock (_gate)
        {
            // What was said before is answered first: from here on, whatever is said goes to the live session.
            if (_isEnded || _inbox.HasCommand)
            {
                return SessionEnd.ClientGone;
            }

            Position = sent < head ? sent : head;
            live = _live = new StreamSession(_context.Stream, new StreamRequest(_filter, Position, _slow), _sink);
        }

        SessionEnd end;
        ReplayCommand? back;
        try
        {
            await LeaveBufferAsync();
            await CloseIntervalAsync(Position);
            await SendClockAsync(ClockFrame.Live);
            end = await live.RunAsync(cancellationToken);
        }
        finally
        {
            live.Inbox.Close();
            lock (_gate)
            {
                (_live, back, _back) = (null, _back, null);
            }
        }

        Position = _sentUpto = live.Position;
        if (back is not null && !_isEnded)
        {
            _begin = new Instant(Time.GetUtcNow(), Position);
            _clock.Set(_begin.At);
            await AnswerAsync(back, cancellationToken);
        }

        return end;
    }

    private async Task AnswerAsync(ClientCommand command, CancellationToken cancellationToken)
    {
        if (command.Replay is { } replay)
        {
            await AnswerAsync(replay, cancellationToken);
        }
        else if (command.FilterProblem is { } problem)
        {
            await SendAsync(_sink.SendFrameAsync(new FilterFrame { Error = problem }));
        }
        else if (command.Filter is { } filter)
        {
            await CloseIntervalAsync(Position);
            _filter = filter;
            if (!_hasKeys && !filter.MatchesAll)
            {
                // What was read ahead cannot be asked.
                await LeaveBufferAsync();
            }

            await SendAsync(_sink.SendFrameAsync(FilterFrame.Of(filter) with { Cursor = Position }));
        }
        else
        {
            await SendAsync(_sink.SendFrameAsync(new PongFrame { Cursor = Position }));
        }
    }

    private async Task AnswerAsync(ReplayCommand command, CancellationToken cancellationToken)
    {
        _clock.Speed = command.Speed ?? _clock.Speed;
        if (command.IsPlaying is { } isPlaying)
        {
            _clock.Play(isPlaying);
        }

        if (command.Seek is { } seek)
        {
            _begin = new Instant(command.SeekTime ?? seek.Time, seek);
            _clock.Set(_begin.At);
            await BeginAsync(cancellationToken);
            return;
        }

        await CloseIntervalAsync(Position);
        await SendClockAsync(error: command.Problem);
    }

    private ValueTask SendClockAsync(string? state = null, string? error = null)
    {
        _clockSent = Time.GetTimestamp();
        return SendAsync(_sink.SendFrameAsync(new ClockFrame
        {
            Clock = _clock.Now,
            Cursor = Position,
            Speed = _clock.Speed,
            State = state ?? (_clock.IsPlaying ? ClockFrame.Playing : ClockFrame.Paused),
            Error = error,
        }));
    }

    /// <summary>Says once that the log is away, and once that it is back.</summary>
    private async Task<LogStatus?> TellAsync(LogStatus? away)
    {
        if ((away is null) != (_toldStatus is null))
        {
            await SendAsync(_sink.SendFrameAsync(new StatusFrame
            {
                Log = away is null ? StatusFrame.Connected : StatusFrame.Unavailable,
                Since = away?.Since ?? Time.GetUtcNow(),
                Message = away?.Message,
            }));
        }

        return away;
    }

    /// <exception cref="TimeoutException">The client takes nothing.</exception>
    private ValueTask SendAsync(ValueTask send) => send.IsCompletedSuccessfully
        ? send
        : new ValueTask(send.AsTask().WaitAsync(_context.Stream.Options.StallTimeout, Time));
}
