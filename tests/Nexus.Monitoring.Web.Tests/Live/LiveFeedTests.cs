using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Nexus.Monitoring.Client.Reading;
using Nexus.Monitoring.Contracts.Events;
using Nexus.Monitoring.Contracts.Frames;
using Nexus.Monitoring.Contracts.Log;
using Nexus.Monitoring.Web.Live;
using Nexus.Monitoring.Web.Tests.Events;

namespace Nexus.Monitoring.Web.Tests.Live;

public sealed class LiveFeedTests : IAsyncDisposable
{
    private readonly FakeTimeProvider _clock = new(TestEvents.Noon.AddMinutes(1));
    private readonly ScriptedSource _source = new();
    private readonly LiveFeed _feed;

    public LiveFeedTests() => _feed = new LiveFeed(_source, _clock, NullLogger<LiveFeed>.Instance);

    [Fact]
    public async Task Start_StateAndOlderEvents_AreTakenOverWithoutCountingTwice()
    {
        var events = Events(1, 3);
        Fold(events);
        _source.Older.AddRange(events);

        await StartAsync();

        Assert.Equal(3, _feed.Events.End);
        Assert.Equal(Position(3), _source.ReadFrom);
        Assert.Equal(3, _feed.Board(null)!.Totals.TasksOpen);
    }

    [Fact]
    public async Task Events_SeenBefore_ArePassedOver()
    {
        await StartAsync();

        Send(Events(1, 3));
        Send(Events(2, 4));

        await Eventually.IsTrueAsync(() => _feed.Events.End == 4, "four events");
        Assert.Equal(["e1", "e2", "e3", "e4"], Enumerable.Range(0, 4).Select(i => _feed.Events[i].EventId));
    }

    /// <summary>The log was put back: the state is too, and reading goes on from there.</summary>
    [Fact]
    public async Task Stream_Refused_BeginsAnewWithAnotherState()
    {
        await StartAsync();
        Assert.Equal(1, _source.StateReads);
        Fold(Events(1, 3));

        _source.Refuse("The cursor lies in the future.");

        await PulsesAsync(() => _source.StateReads == 2 && _source.ReadFrom == Position(3));
        Send(Events(4, 4));
        await Eventually.IsTrueAsync(() => _feed.Events.End == 1, "the stream goes on");
    }

    [Fact]
    public async Task Connection_Lost_KeepsItsInstantAndCountsAttempts()
    {
        await StartAsync();
        Assert.Equal(FeedPhase.Live, _feed.Status.Phase);
        var lastLive = _feed.Status.AsOf;

        _source.Connect(StreamConnectionStatus.Reconnecting, failedAttempts: 2, "No answer.");
        await PulsesAsync(() => _feed.Status.IsStale);
        _clock.Advance(TimeSpan.FromSeconds(30));
        await PulsesAsync(() => _feed.Status.Attempt == 2);

        Assert.Equal(lastLive, _feed.Status.AsOf);
        Assert.Equal(lastLive, _feed.Now);
        Assert.Equal(lastLive, _feed.Status.LostAt);
        Assert.Equal("No answer.", _feed.Status.Problem);

        _source.Connect(StreamConnectionStatus.Connected);
        await PulsesAsync(() => _feed.Status.Phase == FeedPhase.Live);
        Assert.Equal(_clock.GetUtcNow(), _feed.Now);
    }

    [Fact]
    public async Task LogAway_ApiStillThere_IsStaleAndSaysWhy()
    {
        await StartAsync();

        _source.Say(new StatusFrame { Log = StatusFrame.Unavailable, Since = _clock.GetUtcNow(), Message = "Redis does not answer." });
        await PulsesAsync(() => _feed.Status.IsStale);

        Assert.True(_feed.Status.IsLogAway);
        Assert.Equal("Redis does not answer.", _feed.Status.Problem);
        _source.Say(new StatusFrame { Log = StatusFrame.Connected, Since = _clock.GetUtcNow() });
        await PulsesAsync(() => !_feed.Status.IsStale);
    }

    [Fact]
    public async Task Gap_Announced_IsStatedAndTheStateReadAnew()
    {
        await StartAsync();
        Send(Events(1, 2));
        Fold(Events(1, 9));

        _source.Say(new GapFrame { After = Position(2), Upto = Position(8), Missed = 6, Reason = GapReasons.SlowConsumer });
        Send(Events(9, 9));

        await Eventually.IsTrueAsync(() => _feed.Events.End == 3, "the event after the gap");
        Assert.Equal(6, _feed.Gap!.Frame.Missed);
        Assert.Equal(2, _source.StateReads);
        Assert.Equal(9, _feed.Board(null)!.Totals.TasksOpen);
    }

    [Fact]
    public async Task State_NotReadable_IsTriedAgainUntilItIs()
    {
        _source.StateFailures = 3;

        await _feed.StartAsync(CancellationToken.None);
        await PulsesAsync(() => _feed.Status.Phase == FeedPhase.Live);

        Assert.Equal(4, _source.StateReads);
    }

    [Fact]
    public async Task RetryNow_WhileWaiting_AsksTheReader()
    {
        await StartAsync();

        _feed.RetryNow();

        Assert.Equal(1, _source.Asked);
    }

    public async ValueTask DisposeAsync()
    {
        await _feed.StopAsync(CancellationToken.None);
        _feed.Dispose();
    }

    private async Task StartAsync()
    {
        await _feed.StartAsync(CancellationToken.None);
        await PulsesAsync(() => _feed.Status.Phase == FeedPhase.Live && _source.ReadFrom is not null);
    }

    /// <summary>Lets the fake clock run in pulses until it is so.</summary>
    private Task PulsesAsync(Func<bool> condition) => Eventually.IsTrueAsync(() =>
    {
        if (!condition())
        {
            _clock.Advance(TimeSpan.FromMilliseconds(100));
        }

        return condition();
    }, "the feed gets there");

    private static List<MonitoringEvent> Events(int first, int last) => [.. Enumerable.Range(first, last - first + 1).Select(i => TestEvents.Event(i))];

    private static LogPosition Position(int number) => LogPosition.Parse(TestEvents.Event(number).Cursor!);

    private void Fold(IEnumerable<MonitoringEvent> events)
    {
        foreach (var monitoringEvent in events)
        {
            _source.Known.Apply(monitoringEvent, LogPosition.Parse(monitoringEvent.Cursor!));
        }
    }

    private void Send(List<MonitoringEvent> events) => _source.Say(new EventsFrame
    {
        After = Position(int.Parse(events[0].EventId[1..], null) - 1),
        Upto = Position(int.Parse(events[^1].EventId[1..], null)),
        Events = events,
    });
}
