using System.Text;
using Nexus.Monitoring.Api.Log;
using Nexus.Monitoring.Api.Streaming;
using Nexus.Monitoring.Api.Tests.Fixtures;
using Nexus.Monitoring.Contracts.Events;
using Nexus.Monitoring.Contracts.Frames;
using Nexus.Monitoring.Contracts.Log;

namespace Nexus.Monitoring.Api.Tests.Log;

public sealed class LogTailTests
{
    public static TheoryData<string, string?> Garbage => new()
    {
        { SkipKinds.NoEvent, null },
        { SkipKinds.BadJson, "not json" },
        { SkipKinds.BadJson, "[1,2]" },
        { SkipKinds.BadJson, """{"event_id":"a","ts":"2026-11-23T12:00:00Z","event_type":"x"} trailing""" },
        { SkipKinds.InvalidEvent, "{}" },
        { SkipKinds.InvalidEvent, """{"event_id":"a","event_type":"task_started"}""" },
        { SkipKinds.InvalidEvent, """{"event_id":"a","ts":"yesterday","event_type":"task_started"}""" },
        { SkipKinds.InvalidEvent, """{"event_id":"a","ts":"2026-11-23T12:00:00Z","event_type":"x","worker_id":"seven"}""" },
        { SkipKinds.InvalidEvent, """{"event_id":"a","ts":"2026-11-23T12:00:00Z","event_type":"x","meta":{"x":"\ud800"}}""" },
        { SkipKinds.InvalidEvent, """{"event_id":"a","ts":"2026-11-23T12:00:00Z","event_type":"x","meta":{"x":1,"x":2}}""" },
        { SkipKinds.TooBig, $$"""{"event_id":"a","ts":"2026-11-23T12:00:00Z","event_type":"x","message":"{{new string('x', 2000)}}"}""" },
    };

    [Theory]
    [MemberData(nameof(Garbage))]
    public async Task Entry_ThatIsNoEvent_IsCountedLoggedOnceAndPassedOver(string kind, string? json)
    {
        await using var tailed = await TailedLog.StartAsync(configure: options => options.MaxEntryBytes = 1500);
        var first = tailed.Log.Append(Sample.Event());
        for (var i = 0; i < 3; i++)
        {
            tailed.Log.Append(json is null ? null : Encoding.UTF8.GetBytes(json));
        }

        var last = tailed.Log.Append(Sample.Event());
        await tailed.ReachesAsync(last);

        Assert.Equal([first, last], (await new ReaderRecord(tailed.Reader(after: LogPosition.Start)).ReadToHeadAsync()).Positions);
        Assert.Equal(new Dictionary<string, long> { [kind] = 3 }, tailed.Skipped.Counts);
        Assert.Contains($"({kind})", Assert.Single(tailed.SkipLog.GetSnapshot()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Entry_NotUtf8_IsSkipped()
    {
        await using var tailed = await TailedLog.StartAsync();
        var bytes = EventJson.ToUtf8(Sample.Event() with { Message = "?" });
        bytes[Array.LastIndexOf(bytes, (byte)'?')] = 0xC3;
        tailed.Log.Append(bytes);
        await tailed.ReachesAsync(tailed.Log.Append(Sample.Event()));

        Assert.Equal(SkipKinds.NotUtf8, Assert.Single(tailed.Skipped.Counts).Key);
    }

    [Theory]
    [InlineData("""{"event_id":"a","ts":"2026-11-23T12:00:00Z","event_type":"x","cursor":"9-9"}""")]
    [InlineData("""{"event_id":"a","ts":"2026-11-23T12:00:00Z","event_type":"x","cursor":null}""")]
    [InlineData("""{"event_id":"a","ts":"2026-11-23T12:00:00Z","event_type":"x","\u0063ursor":"9-9"}""")]
    [InlineData("{\n\"event_id\":\"a\",\r\n\"ts\":\"2026-11-23T12:00:00Z\", \"event_type\":\"x\"\n}\n")]
    public async Task Entry_WithItsOwnCursorOrLineBreaks_IsOneLineWithTheLogsCursor(string json)
    {
        await using var tailed = await TailedLog.StartAsync();
        var position = tailed.Log.Append(json);
        await tailed.ReachesAsync(position);

        var text = Encoding.UTF8.GetString(tailed.Feed.Ring.Head.Json.Span);
        Assert.DoesNotContain('\n', text);
        Assert.EndsWith($",\"cursor\":\"{position}\"}}", text, StringComparison.Ordinal);
        Assert.Equal(1, text.Split("cursor").Length - 1);
    }

    [Fact]
    public async Task Doorbell_Silent_ThePollFindsTheEvent()
    {
        var log = new MemoryLog { HasDoorbell = false };
        await using var tailed = await TailedLog.StartAsync(log);

        await tailed.ReachesAsync(log.Append(Sample.Event()));
    }

    [Fact]
    public async Task Outage_IsSaidAndReadingGoesOnWhereItStopped()
    {
        await using var tailed = await TailedLog.StartAsync();
        var before = tailed.Log.Append(10);
        await tailed.ReachesAsync(before[^1]);
        var reader = tailed.Reader(after: LogPosition.Start);

        tailed.Log.IsAway = true;
        tailed.Log.Ring();
        await Eventually.IsTrueAsync(() => !tailed.Feed.Status.IsConnected, "the outage is noticed");
        Assert.Equal("The log is away.", tailed.Feed.Status.Message);
        var meanwhile = tailed.Log.Append(10);
        tailed.Log.IsAway = false;
        await tailed.ReachesAsync(meanwhile[^1]);
        await Eventually.IsTrueAsync(() => tailed.Feed.Status.IsConnected, "the log is back");

        var record = await new ReaderRecord(reader).ReadToHeadAsync();
        Assert.Equal(before.Concat(meanwhile), record.Positions);
        Assert.Empty(record.Gaps);
    }

    [Fact]
    public async Task Start_TrimmedLog_DoesNotPretendToHoldItsBeginning()
    {
        var log = new MemoryLog();
        var positions = log.Append(100);
        log.TrimTo(40);
        await using var tailed = await TailedLog.StartAsync(log);

        var fromStart = await new ReaderRecord(tailed.Reader(after: LogPosition.Start)).ReadToHeadAsync();
        var fromTrimmed = await new ReaderRecord(tailed.Reader(after: positions[10], isForeign: true)).ReadToHeadAsync();

        Assert.Equal(GapReasons.Retention, Assert.Single(fromStart.Gaps).Reason);
        Assert.Equal(GapReasons.Retention, Assert.Single(fromTrimmed.Gaps).Reason);
        Assert.All([fromStart, fromTrimmed], record => Assert.Equal(positions.Skip(60), record.Positions));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Trimmed_PastTheTail_IsAGapByRetention(bool countsAdded)
    {
        var log = new MemoryLog { CountsAdded = countsAdded };
        await using var tailed = await TailedLog.StartAsync(log);
        var before = log.Append(1100);
        await tailed.ReachesAsync(before[^1]);
        await Eventually.IsTrueAsync(() => log.Reads > 3, "the extent is known");
        var record = await new ReaderRecord(tailed.Reader(after: before[^1])).ReadToHeadAsync();

        log.IsAway = true;
        log.Ring();
        await Eventually.IsTrueAsync(() => !tailed.Feed.Status.IsConnected, "the tail cannot read");
        var after = log.Append(1200);
        log.TrimTo(1100);
        log.IsAway = false;
        await tailed.ReachesAsync(after[^1]);
        await record.ReadToHeadAsync();

        var gap = Assert.Single(record.Gaps);
        Assert.Equal((before[^1], after[100].Previous(), GapReasons.Retention), (gap.After, gap.Upto, gap.Reason));
        Assert.Equal(after.Skip(100), record.Positions);
    }

    /// <summary>
    /// The log loses its data in every way there is: all of it or the newest part, with a clock that goes on or one that is behind. Readers
    /// get one gap, what comes afterwards, and never a position that runs backwards.
    /// </summary>
    [Theory]
    [InlineData(0, false, true)]
    [InlineData(0, false, false)]
    [InlineData(0, true, true)]
    [InlineData(20, false, true)]
    [InlineData(20, true, true)]
    [InlineData(20, true, false)]
    public async Task Lost_Data_IsAGapByResetAndPositionsGoOn(int kept, bool clockBehind, bool countsAdded)
    {
        var log = new MemoryLog { CountsAdded = countsAdded };
        await using var tailed = await TailedLog.StartAsync(log);
        var before = log.Append(50);
        await tailed.ReachesAsync(before[^1]);
        var atHead = await new ReaderRecord(tailed.Reader(after: LogPosition.Start)).ReadToHeadAsync();
        var behind = new ReaderRecord(tailed.Reader(after: before[30]));

        log.Lose(kept, clockBehind ? MemoryLog.FirstMillisecond - 1000 : null);
        log.Ring();
        await Eventually.IsTrueAsync(() => tailed.Feed.Ring.StartReason == GapReasons.LogReset, "the loss is noticed");
        var after = log.Append(5);
        await tailed.ReachesAsync(after[^1]);
        await atHead.ReadToHeadAsync();
        await behind.ReadToHeadAsync();

        var told = Assert.Single(atHead.Gaps);
        Assert.Equal((before[^1], GapReasons.LogReset), (told.After, told.Reason));
        Assert.True(told.Upto < after[0], $"the gap ends at {told.Upto}, and the log goes on at {after[0]}");
        Assert.Equal((before[30], told.Upto, GapReasons.LogReset), Describe(Assert.Single(behind.Gaps)));
        Assert.Equal(before.Concat(after), atHead.Positions);
        Assert.Equal(after, behind.Positions);

        var newcomer = await new ReaderRecord(tailed.Reader(after: before[^1], isForeign: true)).ReadToHeadAsync();
        Assert.Equal(told.Upto > before[^1] ? [(before[^1], told.Upto, GapReasons.LogReset)] : [], newcomer.Gaps.Select(Describe));
        Assert.Equal(after, newcomer.Positions);
        Assert.Empty((await new ReaderRecord(tailed.Reader(after: told.Upto, isForeign: true)).ReadToHeadAsync()).Gaps);
    }

    /// <summary>What was appended after this node's last look, and was lost before the next, was acknowledged too: the gap names it.</summary>
    [Theory]
    [InlineData(0, 0)]
    [InlineData(0, 3)]
    [InlineData(20, 0)]
    [InlineData(20, 3)]
    public async Task Lost_EventsThatNobodyRead_LieInTheGap(int kept, int newAlready)
    {
        await using var tailed = await TailedLog.StartAsync();
        var log = tailed.Log;
        var before = log.Append(50);
        await tailed.ReachesAsync(before[^1]);
        var record = await new ReaderRecord(tailed.Reader(after: LogPosition.Start)).ReadToHeadAsync();
        log.IsAway = true;
        log.Ring();
        await Eventually.IsTrueAsync(() => !tailed.Feed.Status.IsConnected, "the tail cannot read");
        var lost = log.Append(4);
        log.Lose(kept);
        var after = log.Append(newAlready).ToList();

        log.IsAway = false;
        await Eventually.IsTrueAsync(() => tailed.Feed.Ring.StartReason == GapReasons.LogReset, "the loss is noticed");
        after.AddRange(log.Append(2));
        await tailed.ReachesAsync(after[^1]);
        await record.ReadToHeadAsync();

        var gap = Assert.Single(record.Gaps);
        Assert.Equal(before[^1], gap.After);
        Assert.All(lost, position => Assert.True(position > gap.After && position <= gap.Upto, $"{position} lies outside of ({gap.After}, {gap.Upto}]"));
        Assert.Equal(before.Concat(after), record.Positions);
    }

    /// <summary>Entries that come before the log could be anchored have positions that clients are past: they are not sent.</summary>
    [Fact]
    public async Task Lost_DataAndNewEntriesBehind_AreNotSent()
    {
        await using var tailed = await TailedLog.StartAsync();
        var before = tailed.Log.Append(10);
        await tailed.ReachesAsync(before[^1]);

        tailed.Log.HasDoorbell = false;
        tailed.Log.Lose(clock: MemoryLog.FirstMillisecond - 1000);
        tailed.Log.Append(4);
        tailed.Log.Ring();
        await Eventually.IsTrueAsync(() => tailed.Feed.Ring.StartReason == GapReasons.LogReset, "the loss is noticed");
        var after = tailed.Log.Append(Sample.Event());
        await tailed.ReachesAsync(after);

        Assert.True(after > before[^1]);
        Assert.Equal(1, tailed.Feed.Ring.Count);
    }

    private static (LogPosition After, LogPosition Upto, string Reason) Describe(GapFrame gap) => (gap.After, gap.Upto, gap.Reason);
}
