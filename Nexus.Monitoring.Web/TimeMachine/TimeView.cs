using System.Net.WebSockets;
using Nexus.Monitoring.Client.Reading;
using Nexus.Monitoring.Contracts.Events;
using Nexus.Monitoring.Contracts.Frames;
using Nexus.Monitoring.Contracts.Log;
using Nexus.Monitoring.Web.Live;

namespace Nexus.Monitoring.Web.TimeMachine;

/// <summary>
/// Which time one viewer looks at: live, an instant, or the past going by. One for each circuit. What is shown of the past is a state of its own,
/// folded by the same reducer as the live one. Commands come from the circuit and may overtake each other where they wait: the last one counts. The
/// status may be read from any thread.
/// </summary>
internal sealed class TimeView(ITimeSource source, TimeViewLimit limit, TimeProvider clock) : IAsyncDisposable
{
    /// <summary>How far back the event list begins, in time and in pages of a thousand.</summary>
    private static readonly TimeSpan Backfill = TimeSpan.FromMinutes(15);

    private const int BackfillPages = 8;
    private const int PageSize = 1_000;

    private volatile TimeStatus _status = TimeStatus.Live;
    private volatile TimeShown? _shown;
    private volatile bool _isExpected;
    private CancellationTokenSource _going = new();
    private Task _playing = Task.CompletedTask;
    private Task _loading = Task.CompletedTask;
    private ITimeReplay? _replay;
    private bool _isCounted;

    public TimeStatus Status => _status;

    /// <summary>What is to be shown instead of the live state; null while live, and before the first instant has arrived.</summary>
    public TimeShown? Shown => _shown;

    /// <summary>Whether the live state must not be shown: an instant is, or is what the address asks for.</summary>
    public bool HidesLive => _status.IsAway && (_shown is not null || _isExpected);

    /// <summary>The address asks for an instant: until it has come, nothing is to be shown.</summary>
    public void Expect(TimeAddress at)
    {
        _isExpected = true;
        _status = new TimeStatus { Mode = TimeMode.Paused, At = at.Time, Position = at.Position, IsLoading = true };
    }

    /// <summary>Shows an instant, which stands still.</summary>
    public Task GoAsync(TimeAddress at) => _loading = LoadAsync(at);

    private async Task LoadAsync(TimeAddress at)
    {
        var going = await BeginAsync();
        if (going.IsCancellationRequested)
        {
            return;
        }

        if (!TryCount())
        {
            // Who has no place looks at the present, also whose address asks for an instant.
            ShowLive();
            _status = _status with { Problem = $"{TimeViewLimit.Most} viewers of this dashboard look at the past already; try again when one is back." };
            return;
        }

        var before = _status;
        _status = new TimeStatus
        {
            Mode = TimeMode.Paused, At = at.Time, Position = at.Position, Speed = before.Speed, IsLoading = true,
        };
        try
        {
            var snapshot = await source.ReadStateAsync(at, going);
            var state = new FeedState(clock);
            state.Replace(snapshot, snapshot.Position, await ReadOlderAsync(snapshot.Position, going));
            // Its answer may have come just as another instant was asked for.
            going.ThrowIfCancellationRequested();
            _shown = new TimeShown(state, at.Time);
            _status = _status with { Position = snapshot.Position, IsLoading = false };
        }
        catch (Exception problem) when (IsExpected(problem))
        {
            if (!going.IsCancellationRequested)
            {
                Fail(before, problem);
            }
        }
    }

    /// <summary>Shows what is, and says why it is not what was asked for.</summary>
    public async Task RefuseAsync(string problem)
    {
        if (await TryGoLiveAsync())
        {
            _status = _status with { Problem = problem };
        }
    }

    /// <summary>Shows what is.</summary>
    public Task GoLiveAsync() => TryGoLiveAsync();

    /// <summary>Lets time pass from the instant that is shown.</summary>
    public async Task PlayAsync()
    {
        await _loading;
        if (_status is not { Mode: TimeMode.Paused, IsLoading: false, Position: { } position } || _shown is not { } shown)
        {
            return;
        }

        var going = await BeginAsync();
        if (going.IsCancellationRequested)
        {
            return;
        }

        try
        {
            var replay = await source.ReplayAsync(position, _status.Speed, going);
            if (going.IsCancellationRequested)
            {
                await replay.DisposeAsync();
                return;
            }

            _replay = replay;
            _status = _status with { Mode = TimeMode.Playing, Problem = null };
            _playing = Task.Run(() => FollowAsync(replay, shown.State, going), CancellationToken.None);
        }
        catch (Exception problem) when (IsExpected(problem))
        {
            if (!going.IsCancellationRequested)
            {
                Fail(_status, problem);
            }
        }
    }

    public async Task PauseAsync()
    {
        if (_status.Mode == TimeMode.Playing && !(await BeginAsync()).IsCancellationRequested)
        {
            _status = _status with { Mode = TimeMode.Paused, Position = _shown?.State.Position };
        }
    }

    public async Task SetSpeedAsync(double speed)
    {
        _status = _status with { Speed = speed };
        if (_replay is { } replay && _status.Mode == TimeMode.Playing)
        {
            try
            {
                await replay.SetSpeedAsync(speed, _going.Token);
            }
            catch (Exception problem) when (IsExpected(problem))
            {
                // The reader of the replay meets the same, and says so.
            }
        }
    }

    /// <summary>Goes one event forward or back.</summary>
    /// <param name="steps">1 or -1.</param>
    public async Task StepAsync(int steps)
    {
        await PauseAsync();
        // A step that is asked for while an instant is on its way goes on from there.
        await _loading;
        if (_status is not { Mode: TimeMode.Paused, IsLoading: false, Position: { } position })
        {
            return;
        }

        var going = _going.Token;
        try
        {
            var next = steps > 0
                ? await source.NextAsync(position, going)
                : (await source.ReadBackAsync(position, 1, going)) is { Events.Count: > 0 } last ? await LastBeforeAsync(last.After, going) : null;
            if (next is { } found && !going.IsCancellationRequested)
            {
                await GoAsync(TimeAddress.Of(found));
            }
        }
        catch (Exception problem) when (IsExpected(problem))
        {
            if (!going.IsCancellationRequested)
            {
                Fail(_status, problem);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await BeginAsync();
        ShowLive();
        _going.Dispose();
    }

    private static bool IsExpected(Exception problem) =>
        problem is HttpRequestException or WebSocketException or StreamRefusedException or OperationCanceledException or TimeoutException or IOException
            or System.Text.Json.JsonException;

    /// <summary>The page before an event ends where the event before it stands, or a little after.</summary>
    private async Task<LogPosition?> LastBeforeAsync(LogPosition upto, CancellationToken going) =>
        (await source.ReadBackAsync(upto, 1, going)).Events is [.., { Cursor: { } cursor }] && LogPosition.TryParse(cursor, out var position)
            ? position
            : null;

    /// <summary>Ends whatever is on its way, and whatever is still ending that. Its token says whether something else was asked for meanwhile.</summary>
    private async Task<CancellationToken> BeginAsync()
    {
        var going = new CancellationTokenSource();
        var token = going.Token;
        var before = Interlocked.Exchange(ref _going, going);
        await before.CancelAsync();
        await _playing;
        if (Interlocked.Exchange(ref _replay, null) is { } replay)
        {
            await replay.DisposeAsync();
        }

        before.Dispose();
        return token;
    }

    private async Task<bool> TryGoLiveAsync()
    {
        if ((await BeginAsync()).IsCancellationRequested)
        {
            return false;
        }

        ShowLive();
        return true;
    }

    private bool TryCount() => _isCounted || (_isCounted = limit.TryEnter());

    private void ShowLive()
    {
        _shown = null;
        _isExpected = false;
        _status = TimeStatus.Live with { Speed = _status.Speed };
        if (_isCounted)
        {
            _isCounted = false;
            limit.Leave();
        }
    }

    /// <summary>Goes on with what was shown before, and says why.</summary>
    private void Fail(TimeStatus before, Exception problem)
    {
        var words = problem is HttpRequestException { StatusCode: not null } ? problem.Message : FeedProblem.InWords(problem);
        if (_shown is null)
        {
            ShowLive();
            before = _status;
        }

        _status = before with { IsLoading = false, Problem = words };
    }

    private async Task FollowAsync(ITimeReplay replay, FeedState state, CancellationToken going)
    {
        try
        {
            await foreach (var frame in replay.ReadAsync(going))
            {
                switch (frame)
                {
                    case EventsFrame events:
                        state.Apply(events.Events, events.Upto);
                        break;
                    case GapFrame gap:
                        var snapshot = await source.ReadStateAsync(TimeAddress.Of(gap.Upto), going);
                        state.Replace(snapshot, gap.Upto, older: []);
                        break;
                    case ClockFrame { State: ClockFrame.Live }:
                        ShowLive();
                        return;
                    case ClockFrame now:
                        _shown = new TimeShown(state, now.Clock);
                        _status = _status with { At = now.Clock, Position = state.Position };
                        break;
                }
            }

            throw new IOException("The replay ended.");
        }
        catch (Exception problem) when (IsExpected(problem))
        {
            if (!going.IsCancellationRequested)
            {
                Fail(_status with { Mode = TimeMode.Paused, Position = state.Position }, problem);
            }
        }
    }

    /// <summary>What happened before, for the list and the pace of runs; without where that cannot be had.</summary>
    private async Task<List<MonitoringEvent>> ReadOlderAsync(LogPosition upto, CancellationToken going)
    {
        var pages = new Stack<IReadOnlyList<MonitoringEvent>>();
        var oldest = upto.Time - Backfill;
        try
        {
            while (upto > LogPosition.Start && upto.Time > oldest && pages.Count < BackfillPages)
            {
                var page = await source.ReadBackAsync(upto, PageSize, going);
                pages.Push(page.Events);
                if (page.After >= upto)
                {
                    break;
                }

                upto = page.After;
            }
        }
        catch (Exception problem) when (IsExpected(problem) && !going.IsCancellationRequested)
        {
            // The board is whole without it.
        }

        return [.. pages.SelectMany(page => page)];
    }
}
