using CsCheck;
using Nexus.Monitoring.Api.Streaming;
using Nexus.Monitoring.Api.Tests.Fixtures;
using Nexus.Monitoring.Contracts.Frames;
using Nexus.Monitoring.Contracts.Log;

namespace Nexus.Monitoring.Api.Tests.Streaming;

public sealed class LogReaderTests
{
    private static readonly Gen<int> Pages = Gen.Int[0, 1];

    [Fact]
    public async Task Next_FromTheStart_ReadsTheRingThenIdles()
    {
        await using var tailed = await TailedLog.StartAsync();
        var positions = tailed.Log.Append(250);
        await tailed.ReachesAsync(positions[^1]);

        var record = await new ReaderRecord(tailed.Reader(after: LogPosition.Start)).ReadToHeadAsync();

        Assert.Equal(positions, record.Positions);
        Assert.Empty(record.Gaps);
        Assert.Equal(250, record.Scanned);
    }

    /// <summary>The steps are the same, and the log is asked for hardly any of them.</summary>
    [Fact]
    public async Task Next_BehindTheRingWithAPage_AsksTheLogOnceForManySteps()
    {
        const int Batch = 10;
        await using var tailed = await TailedLog.StartAsync(configure: options => options.RingEvents = 16);
        var positions = tailed.Log.Append(3_000);
        await tailed.ReachesAsync(positions[^1]);
        async Task<int> ReadsAsync(ReadAhead? readAhead)
        {
            var before = tailed.Log.Reads;
            var record = await new ReaderRecord(
                tailed.Reader(after: positions[0], limits: new ReaderLimits(Batch, 1_000_000), readAhead: readAhead)).ReadToHeadAsync();
            Assert.Equal(positions.Skip(1), record.Positions);
            Assert.Equal(positions.Count - 1, record.Scanned);
            return tailed.Log.Reads - before;
        }

        Assert.InRange(await ReadsAsync(Ahead(1)), 5, 20);
        Assert.InRange(await ReadsAsync(Ahead(0)), 250, 350);
        Assert.InRange(await ReadsAsync(null), 250, 350);
    }

    [Fact]
    public async Task Close_WithAPage_LeavesItToOthers()
    {
        await using var tailed = await TailedLog.StartAsync(configure: options => options.RingEvents = 16);
        var positions = tailed.Log.Append(300);
        await tailed.ReachesAsync(positions[^1]);
        var pages = Ahead(1);
        var reader = tailed.Reader(after: positions[0], limits: new ReaderLimits(1, 1_000_000), readAhead: pages);
        for (var i = 0; i < 4; i++)
        {
            await reader.NextAsync(CancellationToken.None);
        }

        Assert.False(pages.TryTake());
        reader.Close();
        Assert.True(pages.TryTake());
        Assert.False(pages.TryTake());
    }

    [Fact]
    public async Task GiveUpPage_WhoTakesNothing_GoesOnWhereItStood()
    {
        await using var tailed = await TailedLog.StartAsync(configure: options => options.RingEvents = 16);
        var positions = tailed.Log.Append(300);
        await tailed.ReachesAsync(positions[^1]);
        var pages = Ahead(1);
        var reader = tailed.Reader(after: positions[0], limits: new ReaderLimits(3, 1_000_000), readAhead: pages);
        await reader.NextAsync(CancellationToken.None);
        await reader.NextAsync(CancellationToken.None);
        Assert.True(reader.HoldsPage);

        reader.GiveUpPage();

        Assert.False(reader.HoldsPage);
        Assert.True(pages.TryTake());
        pages.GiveBack();
        var record = await new ReaderRecord(reader).ReadToHeadAsync();
        Assert.Equal(positions.Skip(7), record.Positions);
    }

    [Fact]
    public async Task Next_BehindTheRing_ReadsTheLogFirst()
    {
        await using var tailed = await TailedLog.StartAsync(configure: options => options.RingEvents = 16);
        var positions = tailed.Log.Append(300);
        await tailed.ReachesAsync(positions[^1]);

        var record = await new ReaderRecord(tailed.Reader(after: positions[9], isForeign: true)).ReadToHeadAsync();

        Assert.Equal(positions.Skip(10), record.Positions);
        Assert.Empty(record.Gaps);
    }

    /// <summary>Whatever is appended, skipped, filtered and dropped from the ring while a reader reads: what it gets is the filter's truth.</summary>
    [Fact]
    public Task Next_WhileTheLogGrows_DeliversExactlyWhatMatches() => Gen.Select(
        Gen.OneOfConst("a", "b", "garbage", "read").Array[0, 300], Gen.Int[1, 20], Gen.Int[16, 64], Gen.Int[1, 20], Pages).SampleAsync(
        async (steps, batch, ring, scan, pages) =>
        {
            await using var tailed = await TailedLog.StartAsync(configure: options => options.RingEvents = ring);
            var expected = new List<LogPosition>();
            var record = new ReaderRecord(
                tailed.Reader(Sample.Filter("project_id=a"), LogPosition.Start, limits: new ReaderLimits(batch, 700, scan), readAhead: Ahead(pages)));
            foreach (var step in steps)
            {
                switch (step)
                {
                    case "read":
                        await record.ReadToHeadAsync();
                        break;
                    case "garbage":
                        tailed.Log.Append("{}");
                        break;
                    default:
                        var position = tailed.Log.Append(Sample.Event(projectId: step));
                        if (step == "a")
                        {
                            expected.Add(position);
                        }

                        break;
                }
            }

            await tailed.ReachesAsync(tailed.Log.Append(Sample.Event(projectId: "b")));
            await record.ReadToHeadAsync();

            Assert.Equal(expected, record.Positions);
            Assert.Empty(record.Gaps);
        },
        iter: 60);

    /// <summary>The same for a reader that is told of its matches, which joins in the middle and is at times left far behind.</summary>
    [Fact]
    public Task Next_InACohort_DeliversExactlyWhatMatches() => Gen.Select(
        Gen.OneOfConst("a", "b", "b", "garbage", "read", "many").Array[0, 120], Gen.Int[1, 20], Gen.Int[16, 64], Gen.Int[0, 60], Pages).SampleAsync(
        async (steps, batch, ring, joins, pages) =>
        {
            await using var tailed = await TailedLog.StartAsync(configure: options => options.RingEvents = ring);
            var expected = new List<LogPosition>();
            var reader = tailed.Reader(Sample.Filter("project_id=a"), LogPosition.Start, limits: new ReaderLimits(batch, 700), readAhead: Ahead(pages));
            var record = new ReaderRecord(reader);
            var signal = tailed.Feed.NewSignal();
            for (var i = 0; i < steps.Length; i++)
            {
                if (i == joins)
                {
                    reader.Cohort = tailed.Feed.Join(reader.Filter, signal);
                }

                switch (steps[i])
                {
                    case "read":
                        await record.ReadToHeadAsync();
                        break;
                    case "garbage":
                        tailed.Log.Append("{}");
                        break;
                    case "many":
                        tailed.Log.Append(50, "b");
                        break;
                    default:
                        var position = tailed.Log.Append(Sample.Event(projectId: steps[i]));
                        if (steps[i] == "a")
                        {
                            expected.Add(position);
                        }

                        break;
                }
            }

            var last = tailed.Log.Append(Sample.Event(projectId: "b"));
            await Eventually.IsTrueAsync(() => tailed.Feed.Ring.Published.Position >= last, "all is routed");
            await record.ReadToHeadAsync();

            Assert.Equal(expected, record.Positions);
            Assert.Equal(last, reader.Position);
            Assert.Empty(record.Gaps);
        },
        iter: 100);

    /// <summary>What a client that takes nothing makes the node hold is what it was being sent: a batch, wherever that was read.</summary>
    [Fact]
    public async Task Next_LongEntriesBehindTheRing_AreBatchesOfNoMoreBytesThanAnyOther()
    {
        const int MostBytes = 20_000, Length = 5_000;
        await using var tailed = await TailedLog.StartAsync(configure: options => options.RingEvents = 16);
        var positions = Enumerable.Range(0, 200).Select(_ => tailed.Log.Append(Sample.Event() with { Message = new string('x', Length) })).ToList();
        await tailed.ReachesAsync(positions[^1]);
        var reader = tailed.Reader(after: LogPosition.Start, limits: new ReaderLimits(100, MostBytes));
        var received = new List<LogPosition>();

        while (await reader.NextAsync(CancellationToken.None) is { Kind: ReaderStepKind.Batch } step)
        {
            Assert.True(step.Entries!.Sum(entry => entry.Json.Length) < MostBytes + (2 * Length));
            received.AddRange(step.Entries!.Select(entry => entry.Position));
        }

        Assert.Equal(positions, received);
    }

    [Fact]
    public async Task SkipToHead_BehindTheHead_IsAGapWithItsCountAndChains()
    {
        await using var tailed = await TailedLog.StartAsync();
        var first = tailed.Log.Append(3);
        await tailed.ReachesAsync(first[^1]);
        var reader = tailed.Reader(after: LogPosition.Start);
        var record = await new ReaderRecord(reader).ReadToHeadAsync();
        var missed = tailed.Log.Append(7);
        await Eventually.IsTrueAsync(() => tailed.Feed.Ring.Published.Position >= missed[^1], "all is routed");

        var lag = reader.Lag;
        var gap = reader.SkipToHead();
        var next = tailed.Log.Append(Sample.Event());
        await tailed.ReachesAsync(next);
        await record.ReadToHeadAsync();

        Assert.Equal(7, lag);
        Assert.Equal((first[^1], missed[^1], 7L, GapReasons.SlowConsumer), (gap.After, gap.Upto, gap.Missed, gap.Reason));
        Assert.Equal([.. first, next], record.Positions);
    }

    [Fact]
    public async Task Next_OlderThanTheLogKeeps_IsAGapByRetention()
    {
        await using var tailed = await TailedLog.StartAsync(configure: options => options.RingEvents = 16);
        var positions = tailed.Log.Append(300);
        await tailed.ReachesAsync(positions[^1]);
        tailed.Log.TrimTo(50);

        var record = await new ReaderRecord(tailed.Reader(after: positions[9], isForeign: true)).ReadToHeadAsync();

        var gap = Assert.Single(record.Gaps);
        Assert.Equal((positions[9], positions[250].Previous(), GapReasons.Retention), (gap.After, gap.Upto, gap.Reason));
        Assert.Equal(positions.Skip(250), record.Positions);
    }

    [Fact]
    public async Task Next_FellOutOfRingAndLog_IsAGapOfASlowConsumerWithItsCount()
    {
        await using var tailed = await TailedLog.StartAsync(configure: options => options.RingEvents = 16);
        var first = tailed.Log.Append(3);
        await tailed.ReachesAsync(first[^1]);
        var reader = tailed.Reader(after: LogPosition.Start);
        var record = await new ReaderRecord(reader).ReadToHeadAsync();
        var rest = tailed.Log.Append(100);
        await tailed.ReachesAsync(rest[^1]);
        tailed.Log.TrimTo(16);

        await record.ReadToHeadAsync();

        var gap = Assert.Single(record.Gaps);
        Assert.Equal((first[^1], GapReasons.SlowConsumer, 84L), (gap.After, gap.Reason, gap.Missed));
        Assert.Equal(first.Concat(rest.Skip(84)), record.Positions);
    }

    /// <summary>A ping may carry the position of an event while the entries after it are no events; it must be good for coming back.</summary>
    [Fact]
    public async Task Next_CursorOfAnEventBeforeGarbage_IsNoGap()
    {
        await using var tailed = await TailedLog.StartAsync();
        var cursor = tailed.Log.Append(Sample.Event());
        tailed.Log.Append("garbage");
        var next = tailed.Log.Append(Sample.Event());
        await tailed.ReachesAsync(next);

        var record = await new ReaderRecord(tailed.Reader(after: cursor, isForeign: true)).ReadToHeadAsync();

        Assert.Empty(record.Gaps);
        Assert.Equal([next], record.Positions);
    }

    [Fact]
    public async Task Next_ForeignCursor_IsAGapThenGoesOn()
    {
        await using var tailed = await TailedLog.StartAsync();
        var positions = tailed.Log.Append(3);
        await tailed.ReachesAsync(positions[^1]);
        var foreign = positions[0] with { Sequence = 7 };

        var record = await new ReaderRecord(tailed.Reader(after: foreign, isForeign: true)).ReadToHeadAsync();

        var gap = Assert.Single(record.Gaps);
        Assert.Equal((foreign, positions[1].Previous(), GapReasons.LogReset), (gap.After, gap.Upto, gap.Reason));
        Assert.Equal(positions.Skip(1), record.Positions);
    }

    /// <summary>The log it is from was lost before this node came; what it held after the cursor, and nobody has any more, lies in the gap.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Next_ForeignCursorAfterTheHead_IsAGapUpToWhereTheLogGoesOn(bool isEmpty)
    {
        var log = new MemoryLog();
        log.Append(isEmpty ? 0 : 2);
        var cursor = log.Append(Sample.Event());
        var lost = log.Append(4);
        log.Lose(isEmpty ? 0 : 2);
        await using var tailed = await TailedLog.StartAsync(log);
        var reader = tailed.Reader(after: cursor, isForeign: true);

        var record = await new ReaderRecord(reader).ReadToHeadAsync();
        var after = log.Append(3);
        await tailed.ReachesAsync(after[^1]);
        await record.ReadToHeadAsync();

        var gap = Assert.Single(record.Gaps);
        Assert.Equal((cursor, GapReasons.LogReset), (gap.After, gap.Reason));
        Assert.All(lost, position => Assert.True(position > gap.After && position <= gap.Upto, $"{position} lies outside of ({gap.After}, {gap.Upto}]"));
        Assert.Equal(after, record.Positions);
        Assert.False(reader.IsAheadOfTheLog);
    }

    /// <summary>Whoever was told of a gap, and leaves before the next event, comes back with its end.</summary>
    [Fact]
    public async Task Next_CursorIsTheEndOfAGap_IsNoOtherGap()
    {
        await using var tailed = await TailedLog.StartAsync();
        var positions = tailed.Log.Append(3);
        await tailed.ReachesAsync(positions[^1]);

        var record = await new ReaderRecord(tailed.Reader(after: positions[1].Previous(), isForeign: true)).ReadToHeadAsync();

        Assert.Empty(record.Gaps);
        Assert.Equal(positions.Skip(1), record.Positions);
    }

    /// <summary>Another node may be ahead: its cursor is in the log, only not yet in this ring.</summary>
    [Fact]
    public async Task Next_CursorAheadOfThisNode_WaitsWithoutAGap()
    {
        var log = new MemoryLog { HasDoorbell = false };
        await using var tailed = await TailedLog.StartAsync(log, options => options.LogPollInterval = TimeSpan.FromMinutes(1));
        var ahead = log.Append(2);
        var record = new ReaderRecord(tailed.Reader(after: ahead[0], isForeign: true));

        await record.ReadToHeadAsync();
        Assert.Empty(record.Positions);
        log.Ring();
        await tailed.ReachesAsync(ahead[1]);
        await record.ReadToHeadAsync();

        Assert.Empty(record.Gaps);
        Assert.Equal([ahead[1]], record.Positions);
    }

    [Fact]
    public async Task Next_LogAwayAndNeeded_ThrowsAndStaysWhereItIs()
    {
        await using var tailed = await TailedLog.StartAsync(configure: options => options.RingEvents = 16);
        var positions = tailed.Log.Append(100);
        await tailed.ReachesAsync(positions[^1]);
        var reader = tailed.Reader(after: positions[0], isForeign: true);
        tailed.Log.IsAway = true;

        await Assert.ThrowsAsync<LogAwayException>(async () => await reader.NextAsync(CancellationToken.None));
        tailed.Log.IsAway = false;
        var record = await new ReaderRecord(reader).ReadToHeadAsync();

        Assert.Equal(positions.Skip(1), record.Positions);
        Assert.Empty(record.Gaps);
    }

    private static ReadAhead Ahead(int pages) => new(new ReaderLimits(500, 100_000), pages);
}
