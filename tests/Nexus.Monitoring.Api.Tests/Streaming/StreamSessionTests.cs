using Microsoft.Extensions.Time.Testing;
using Nexus.Monitoring.Api.Streaming;
using Nexus.Monitoring.Api.Tests.Fixtures;
using Nexus.Monitoring.Contracts.Events;
using Nexus.Monitoring.Contracts.Filters;
using Nexus.Monitoring.Contracts.Frames;
using Nexus.Monitoring.Contracts.Log;

namespace Nexus.Monitoring.Api.Tests.Streaming;

/// <summary>One client's session over a log in memory, by a clock that the test turns.</summary>
public sealed class StreamSessionTests : IAsyncDisposable
{
    private readonly FakeTimeProvider _time = new(DateTimeOffset.FromUnixTimeMilliseconds((long)MemoryLog.FirstMillisecond).AddDays(1));
    private readonly ScriptedSink _sink = new();
    private readonly SessionStage _stage;

    public StreamSessionTests() => _stage = new SessionStage(_time, options => options.PingInterval = TimeSpan.FromDays(1));

    public ValueTask DisposeAsync() => _stage.DisposeAsync();

    /// <summary>A node that has just started knows nothing of the log: what it says of a cursor it must have looked up.</summary>
    [Fact]
    public async Task Resume_LogAwayOnANodeWithoutEvents_SaysResumedOnlyOnceTheCursorWasSeen()
    {
        var cursor = _stage.Log.Append(Sample.Event());
        _stage.Log.IsAway = true;
        var running = Run(cursor, out var session);
        await SentAsync<StatusFrame>(1);

        _stage.Feed.SetUnavailable("It is still away.");
        await SentAsync<StatusFrame>(2);
        Assert.Empty(_sink.Frames.OfType<ResumedFrame>());

        _stage.Log.IsAway = false;
        await Eventually.IsTrueAsync(
            () =>
            {
                _time.Advance(TimeSpan.FromSeconds(1));
                return _sink.Frames.OfType<ResumedFrame>().Any();
            },
            "it is resumed");
        Assert.Empty(_sink.Frames.OfType<GapFrame>());
        session.End();
        Assert.Equal(SessionEnd.ClientGone, await running.WaitAsync(Eventually.DefaultDeadline));
    }

    [Fact]
    public async Task Stop_WhileResumingFromALogThatIsAway_EndsWithTheCursor()
    {
        var cursor = _stage.Log.Append(Sample.Event());
        _stage.Log.IsAway = true;
        var running = Run(cursor, out var session);
        await SentAsync<StatusFrame>(1);

        _stage.Feed.Stop();

        Assert.Equal(SessionEnd.ShuttingDown, await running.WaitAsync(Eventually.DefaultDeadline));
        Assert.Equal(cursor, session.Position);
        Assert.Empty(_sink.Frames.OfType<ResumedFrame>());
    }

    /// <summary>What it has read, and may not hand out yet, need not be waited for.</summary>
    [Fact]
    public async Task Stop_WhileAReplayIsHeldBack_EndsAtOnce()
    {
        await using var slow = new SessionStage(_time, options =>
        {
            options.PingInterval = TimeSpan.FromDays(1);
            options.ReplayEventsPerSecond = 1;
        });
        var positions = slow.Log.Append(50);
        slow.Feed.Restart(positions[^1], null);
        var session = new StreamSession(slow.Context, new StreamRequest(EventFilter.All, positions[0]), _sink);
        var running = session.RunAsync(CancellationToken.None);
        await Eventually.IsTrueAsync(() => session.Position > positions[0], "it waits with what it has read");

        slow.Feed.Stop();

        Assert.Equal(SessionEnd.ShuttingDown, await running.WaitAsync(Eventually.DefaultDeadline));
        Assert.Equal(session.Position, _sink.Events[^1]);
    }

    [Fact]
    public async Task Stop_ClientTakesNothing_IsCutOffLongBeforeTheHostGivesUp()
    {
        var running = Run(null, out _);
        Append(1);
        await Eventually.IsTrueAsync(() => _sink.Events.Count == 1, "the event has come");
        _sink.IsFrozen = true;
        Append(2);
        await Eventually.IsTrueAsync(() => _sink.Events.Count == 2, "the client no longer takes what it is sent");

        _stage.Feed.Stop();
        for (var passed = 0; passed < 10 && !running.IsCompleted; passed++)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
        }

        await Assert.ThrowsAsync<IOException>(() => running.WaitAsync(Eventually.DefaultDeadline));
    }

    /// <summary>What comes between the last look at the log and the new filter is routed by the old one.</summary>
    [Fact]
    public async Task Filter_EventBetweenTheLastStepAndTheNewFilter_ComesByItself()
    {
        var running = Run(null, out var session, Sample.Filter("project_id=none"));
        await Eventually.IsTrueAsync(() => _sink.Intervals == 1, "its chain has begun");
        Append(1);
        await session.PostAsync(ClientCommand.Ping);
        await Eventually.IsTrueAsync(() => session.Position == At(1), "it has passed over what does not match");
        _sink.OnInterval = upto =>
        {
            if (upto == At(1))
            {
                Append(2);
            }
        };
        await session.PostAsync(new ClientCommand(EventFilter.All));
        await SentAsync<FilterFrame>(1);

        await Eventually.IsTrueAsync(() => _sink.Events.Contains(At(2)), "the event comes");
        session.End();
        await running.WaitAsync(Eventually.DefaultDeadline);
    }

    [Fact]
    public async Task Resume_CursorAfterAllThatTheLogHandedOut_IsRefusedWithoutAGap()
    {
        _stage.Log.Append(3);
        var cursor = LogPosition.At(await _stage.Log.GetTimeAsync() + TimeSpan.FromSeconds(30));

        var running = Run(cursor, out _);

        Assert.Equal(SessionEnd.UnknownCursor, await running.WaitAsync(Eventually.DefaultDeadline));
        Assert.All(_sink.Frames, frame => Assert.IsType<StatusFrame>(frame));
        Assert.Empty(_sink.Events);
    }

    private static LogPosition At(int number) => new(MemoryLog.FirstMillisecond, (ulong)number);

    private Task<SessionEnd> Run(LogPosition? cursor, out StreamSession session, EventFilter? filter = null)
    {
        session = new StreamSession(_stage.Context, new StreamRequest(filter ?? EventFilter.All, cursor), _sink);
        return session.RunAsync(CancellationToken.None);
    }

    private void Append(int number)
    {
        var e = Sample.Event(projectId: "a");
        _stage.Feed.Append([EntryEncoder.EncodeAlone(EventJson.ToUtf8(e), At(number), EventKeys.Of(e))]);
    }

    private Task SentAsync<T>(int count)
        where T : StreamFrame => Eventually.IsTrueAsync(() => _sink.Frames.OfType<T>().Count() >= count, $"{count} {typeof(T).Name} are sent");
}
