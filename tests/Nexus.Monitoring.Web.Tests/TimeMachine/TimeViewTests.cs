using System.Net;
using Nexus.Monitoring.Contracts.Events;
using Nexus.Monitoring.Contracts.Frames;
using Nexus.Monitoring.Contracts.Log;
using Nexus.Monitoring.Web.Tests.Events;
using Nexus.Monitoring.Web.TimeMachine;

namespace Nexus.Monitoring.Web.Tests.TimeMachine;

public sealed class TimeViewTests : IAsyncDisposable
{
    private static readonly IReadOnlyList<MonitoringEvent> Log = [.. Enumerable.Range(1, 20).Select(i => TestEvents.Event(i))];

    private readonly ScriptedTime _time = new(Log);
    private readonly TimeViewLimit _limit = new();
    private readonly TimeView _view;

    public TimeViewTests() => _view = new TimeView(_time, _limit, TimeProvider.System);

    public ValueTask DisposeAsync() => _view.DisposeAsync();

    [Fact]
    public async Task Go_Instant_ShowsItAndWhatWasBefore()
    {
        await _view.GoAsync(TimeAddress.Of(At(7)));

        Assert.Equal((TimeMode.Paused, At(7), false), (_view.Status.Mode, _view.Status.Position, _view.Status.IsLoading));
        Assert.True(_view.HidesLive);
        Assert.Equal(At(7), _view.Shown!.State.Position);
        Assert.Equal(7, _view.Shown.State.Log.View.End);
        Assert.Equal(1, _limit.Open);
    }

    /// <summary>What the address asks for must not be preceded by a glimpse of the present.</summary>
    [Fact]
    public async Task Expect_BeforeItHasCome_HidesTheLiveState()
    {
        _view.Expect(TimeAddress.Of(At(3)));

        Assert.Equal((true, true, null), (_view.HidesLive, _view.Status.IsLoading, _view.Shown));
        await _view.GoAsync(TimeAddress.Of(At(3)));
        Assert.NotNull(_view.Shown);
    }

    [Fact]
    public async Task Go_TwiceAtOnce_ShowsTheSecond()
    {
        var gate = new TaskCompletionSource();
        _time.Gate = gate.Task;
        var first = _view.GoAsync(TimeAddress.Of(At(3)));
        var second = _view.GoAsync(TimeAddress.Of(At(9)));
        gate.SetResult();
        await Task.WhenAll(first, second);

        Assert.Equal((At(9), At(9), null), (_view.Status.Position, _view.Shown!.State.Position, _view.Status.Problem));
    }

    [Fact]
    public async Task Go_InstantThatIsNotKept_StaysWhereItWasAndSaysWhy()
    {
        await _view.GoAsync(TimeAddress.Of(At(7)));
        _time.Problem = new HttpRequestException("What is kept begins later.", null, HttpStatusCode.NotFound);

        await _view.GoAsync(TimeAddress.Of(At(2)));

        Assert.Equal((At(7), "What is kept begins later."), (_view.Status.Position, _view.Status.Problem));
        Assert.Equal(At(7), _view.Shown!.State.Position);
    }

    [Fact]
    public async Task Go_FirstInstantFails_IsLiveAgainAndCountsNobody()
    {
        _time.Problem = new HttpRequestException("away");
        _view.Expect(TimeAddress.Of(At(2)));

        await _view.GoAsync(TimeAddress.Of(At(2)));

        Assert.Equal((TimeMode.Live, false, 0), (_view.Status.Mode, _view.HidesLive, _limit.Open));
        Assert.NotNull(_view.Status.Problem);
    }

    [Fact]
    public async Task Refuse_WhileInThePast_IsLiveAndSaysWhy()
    {
        await _view.GoAsync(TimeAddress.Of(At(3)));

        await _view.RefuseAsync("at is yesterday; a time is allowed.");

        Assert.Equal((TimeMode.Live, "at is yesterday; a time is allowed.", 0), (_view.Status.Mode, _view.Status.Problem, _limit.Open));
    }

    [Fact]
    public async Task Go_TooManyLookAtThePast_SaysSo()
    {
        for (var i = 0; i < TimeViewLimit.Most; i++)
        {
            Assert.True(_limit.TryEnter());
        }

        await _view.GoAsync(TimeAddress.Of(At(2)));

        Assert.StartsWith($"{TimeViewLimit.Most} viewers", _view.Status.Problem, StringComparison.Ordinal);
        Assert.Empty(_time.StatesRead);
    }

    [Fact]
    public async Task Go_TooManyAndTheAddressAsksForIt_IsLiveAndSaysWhy()
    {
        for (var i = 0; i < TimeViewLimit.Most; i++)
        {
            Assert.True(_limit.TryEnter());
        }

        _view.Expect(TimeAddress.Of(At(2)));
        await _view.GoAsync(TimeAddress.Of(At(2)));

        Assert.Equal((TimeMode.Live, false, false), (_view.Status.Mode, _view.Status.IsLoading, _view.HidesLive));
        Assert.StartsWith($"{TimeViewLimit.Most} viewers", _view.Status.Problem, StringComparison.Ordinal);
        Assert.Equal(TimeViewLimit.Most, _limit.Open);
    }

    [Fact]
    public async Task Go_WhileGoingLiveStillEndsTheReplay_ShowsTheInstant()
    {
        var (closing, gate) = await PlayAsync();
        var live = _view.GoLiveAsync();
        var instant = _view.GoAsync(TimeAddress.Of(At(3)));
        closing.SetResult();
        await live;
        gate.SetResult();
        await instant;

        Assert.Equal((TimeMode.Paused, At(3)), (_view.Status.Mode, _view.Status.Position));
        Assert.Equal(At(3), _view.Shown?.State.Position);
        Assert.Equal(1, _limit.Open);
    }

    [Fact]
    public async Task GoLive_WhileGoingStillEndsTheReplay_IsLive()
    {
        var (closing, gate) = await PlayAsync();
        var instant = _view.GoAsync(TimeAddress.Of(At(3)));
        var live = _view.GoLiveAsync();
        closing.SetResult();
        gate.SetResult();
        await Task.WhenAll(instant, live);

        Assert.Equal((TimeMode.Live, null, 0), (_view.Status.Mode, _view.Shown, _limit.Open));
    }

    [Fact]
    public async Task Play_FoldsWhatTheReplaySends_AndIsLiveWhereTheLogEnds()
    {
        await _view.GoAsync(TimeAddress.Of(At(7)));
        await _view.SetSpeedAsync(5);
        await _view.PlayAsync();
        await _view.SetSpeedAsync(20);
        Assert.Equal(At(7), _time.ReplayedAfter);
        Assert.Equal([5, 20], _time.Speeds);

        _time.Say(new EventsFrame { After = At(7), Upto = At(9), Events = [Log[7], Log[8]] });
        _time.Say(Clock(At(9).Time.AddMilliseconds(300), At(9), ClockFrame.Playing));
        await Eventually.IsTrueAsync(() => _view.Shown!.At == At(9).Time.AddMilliseconds(300), "time passes");
        Assert.Equal((At(9), 9), (_view.Shown!.State.Position, _view.Shown.State.Log.View.End));

        _time.Say(Clock(At(20).Time, At(20), ClockFrame.Live));
        await Eventually.IsTrueAsync(() => _view.Status.Mode == TimeMode.Live, "it is live");
        Assert.Equal((null, 0, 20.0), (_view.Shown, _limit.Open, _view.Status.Speed));
    }

    [Fact]
    public async Task Play_OverAGap_ShowsTheStateBehindIt()
    {
        await _view.GoAsync(TimeAddress.Of(At(2)));
        await _view.PlayAsync();

        _time.Say(new GapFrame { After = At(2), Upto = At(12), Reason = GapReasons.Retention });

        await Eventually.IsTrueAsync(() => _view.Shown!.State.Position == At(12), "it goes on behind the gap");
        Assert.Equal(TimeAddress.Of(At(12)), _time.StatesRead[^1]);
    }

    [Fact]
    public async Task Play_ReplayBreaks_StandsStillThereAndSaysWhy()
    {
        await _view.GoAsync(TimeAddress.Of(At(7)));
        await _view.PlayAsync();
        _time.Say(new EventsFrame { After = At(7), Upto = At(8), Events = [Log[7]] });
        _time.Break();

        await Eventually.IsTrueAsync(() => _view.Status.Problem is not null, "it says why");
        Assert.Equal((TimeMode.Paused, At(8)), (_view.Status.Mode, _view.Status.Position));
    }

    [Fact]
    public async Task Pause_WhilePlaying_StandsStillWhereItIs()
    {
        await _view.GoAsync(TimeAddress.Of(At(7)));
        await _view.PlayAsync();
        _time.Say(new EventsFrame { After = At(7), Upto = At(8), Events = [Log[7]] });
        await Eventually.IsTrueAsync(() => _view.Shown!.State.Position == At(8), "time passes");

        await _view.PauseAsync();

        Assert.Equal((TimeMode.Paused, At(8), true), (_view.Status.Mode, _view.Status.Position, _time.IsReplayGone));
    }

    [Theory]
    [InlineData(1, 8)]
    [InlineData(-1, 6)]
    public async Task Step_OneEvent_ForwardOrBack(int steps, int expected)
    {
        await _view.GoAsync(TimeAddress.Of(At(7)));

        await _view.StepAsync(steps);

        Assert.Equal((At(expected), At(expected)), (_view.Status.Position, _view.Shown!.State.Position));
    }

    [Fact]
    public async Task Step_BeyondTheEnds_StaysWhereItIs()
    {
        await _view.GoAsync(TimeAddress.Of(At(20)));
        await _view.StepAsync(1);
        Assert.Equal(At(20), _view.Status.Position);

        await _view.GoAsync(TimeAddress.Of(At(1)));
        await _view.StepAsync(-1);
        Assert.Equal(At(1), _view.Status.Position);
    }

    /// <summary>Plays; the replay is closed, and states are read, when the test says so.</summary>
    private async Task<(TaskCompletionSource Closing, TaskCompletionSource Gate)> PlayAsync()
    {
        await _view.GoAsync(TimeAddress.Of(At(7)));
        await _view.PlayAsync();
        var (closing, gate) = (new TaskCompletionSource(), new TaskCompletionSource());
        (_time.Closing, _time.Gate) = (closing.Task, gate.Task);
        return (closing, gate);
    }

    private static LogPosition At(int number) => LogPosition.Parse(Log[number - 1].Cursor!);

    private static ClockFrame Clock(DateTimeOffset now, LogPosition cursor, string state) => new() { Clock = now, Cursor = cursor, Speed = 1, State = state };
}
