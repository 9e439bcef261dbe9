using Nexus.Monitoring.Api.History;
using Nexus.Monitoring.Api.Tests.Fixtures;
using Nexus.Monitoring.Contracts.Events;
using Nexus.Monitoring.Contracts.Log;

namespace Nexus.Monitoring.Api.Tests.History;

public sealed class EventSearchTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Search_PageByPageWhileMoreIsWritten_GivesEachEventOnce(bool isBackwards)
    {
        using var history = new TemporaryHistory();
        var positions = Positions(500);
        history.Write(positions.Select((position, i) => (position,
            Sample.Event(i % 3 == 0 ? EventTypes.TaskFailed : EventTypes.TaskStarted))));
        var range = new HistoryRange(LogPosition.Start, positions[^1]);
        var found = new List<LogPosition>();

        for (var next = 10_000UL; range.Upto > range.After; next++)
        {
            var page = await history.SearchAsync("event_type:task_failed", range, isBackwards, limit: 7);
            var entries = page.Entries.Select(entry => entry.Position);
            found.AddRange(isBackwards ? entries.Reverse() : entries);
            Assert.Equal(isBackwards ? range.Upto : range.After, isBackwards ? page.Upto : page.After);
            range = isBackwards ? range with { Upto = page.After } : range with { After = page.Upto };
            history.Write([(new LogPosition(next * 100_000_000, 0), Sample.Event(EventTypes.TaskFailed))]);
        }

        var wanted = positions.Where((_, i) => i % 3 == 0);
        Assert.Equal(isBackwards ? wanted.Reverse() : wanted, found);
    }

    /// <summary>A machine that is slow looks no less far: years without events are not searched.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Search_YearsAwayFromAllEvents_FindsThemInTheFirstPage(bool isBackwards)
    {
        using var history = new TemporaryHistory(new SlowClock());
        history.Write(Enumerable.Range(0, 5).Select(i => (new LogPosition(1_795_000_000_000 + (ulong)i, 0), Sample.Event(EventTypes.TaskFailed))));

        var page = await history.SearchAsync("event_type:task_failed", isBackwards: isBackwards);

        Assert.Equal((5, TemporaryHistory.Everything), (page.Entries.Count, new HistoryRange(page.After, page.Upto)));
    }

    /// <summary>History is behind the stream: who comes from there goes on from where it was, and gets nothing twice.</summary>
    [Fact]
    public async Task Search_CursorIsAheadOfTheHistory_StaysThere()
    {
        using var history = new TemporaryHistory();
        var cursor = new LogPosition(10_000, 0);

        var page = await history.SearchAsync("", new HistoryRange(cursor, new LogPosition(5_000, 0)), isBackwards: false);

        Assert.Equal((cursor, cursor, 0), (page.After, page.Upto, page.Entries.Count));
    }

    [Fact]
    public async Task Search_AnyPage_HasTheBytesThatWereLogged()
    {
        using var history = new TemporaryHistory();
        var e = Sample.Event(EventTypes.TaskFailed, "atlas") with { Message = "über \"50 %\" \n\u0000\u001f 🙂", Error = "HTTP 503" };
        history.Write([(new LogPosition(5, 3), e)]);

        var page = await history.SearchAsync("über 503", new HistoryRange(LogPosition.Start, new LogPosition(100, 0)));

        var entry = Assert.Single(page.Entries);
        Assert.True(EventJson.TryRead(entry.Json.Span, out var read, out _));
        Assert.Equal(e with { Cursor = "5-3" }, read);
        Assert.Equal(new LogPosition(5, 3), entry.Position);
        Assert.Equal("atlas", entry.Keys.ProjectId);
    }

    /// <summary>Several at the same millisecond, and a night in which nothing happens.</summary>
    private static List<LogPosition> Positions(int count) =>
        [.. Enumerable.Range(0, count).Select(i => new LogPosition(1_000_000 + ((ulong)(i / 5) * 700) + (i > count / 2 ? 40_000_000UL : 0),
            (ulong)i % 5))];

    /// <summary>Whatever is timed by it has taken longer than there is time.</summary>
    private sealed class SlowClock : TimeProvider
    {
        private long _seconds;

        public override long GetTimestamp() => Interlocked.Increment(ref _seconds) * TimestampFrequency;
    }
}
