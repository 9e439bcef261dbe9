using System.Text;
using Nexus.Monitoring.Api.Log;
using Nexus.Monitoring.Api.Streaming;
using Nexus.Monitoring.Contracts.Log;
using StackExchange.Redis;

namespace Nexus.Monitoring.Api.Tests.Redis;

/// <summary>What the tail relies on, against each server that may hold the log.</summary>
public abstract class LogSourceTests : IAsyncLifetime
{
    private IRedisServer _server = null!;
    private ConnectionMultiplexer _redis = null!;
    private RedisLogSource _source = null!;

    private IDatabase Database => _redis.GetDatabase();

    public async ValueTask InitializeAsync()
    {
        _server = await StartAsync();
        _redis = await ConnectionMultiplexer.ConnectAsync($"{_server.ConnectionString},abortConnect=false,allowAdmin=true");
        _source = new RedisLogSource(_redis);
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
        {
            await _redis.DisposeAsync();
            await _server.DisposeAsync();
        }

        GC.SuppressFinalize(this);
    }

    protected abstract Task<IRedisServer> StartAsync();

    [Fact]
    public async Task Read_BothWays_IsInclusiveInOrderAndBounded()
    {
        var positions = await AppendAsync(10);

        var forwards = await _source.ReadAsync(positions[2], positions[8], 4);
        var backwards = await _source.ReadBackAsync(positions[5], 3);
        var nothing = await _source.ReadAsync(new LogPosition(positions[^1].Milliseconds, ulong.MaxValue), LogPosition.End, 10);

        Assert.Equal(positions[2..6], forwards.Entries.Select(entry => entry.Position));
        Assert.Equal([positions[5], positions[4], positions[3]], backwards.Entries.Select(entry => entry.Position));
        Assert.True(forwards.HasMore && backwards.HasMore && !nothing.HasMore);
        Assert.Equal("5", Encoding.UTF8.GetString(backwards[0].Json!.Value.Span));
        Assert.Empty(nothing.Entries);
    }

    /// <summary>Entries of one event and of several, from every position to every other, also where none is: as one list of events.</summary>
    [Fact]
    public async Task Read_EntriesOfSeveral_IsAsIfEachEventStoodAlone()
    {
        var all = new List<RawEntry>();
        foreach (var count in new[] { 1, 3, 1, EntryEvents.Most, 2, 1 })
        {
            all.AddRange(await AppendTogetherAsync(count));
        }

        LogPosition[] places = [.. all.Select(one => one.Position), all[1].Position.Previous(), all[3].Position.Next(), all[^1].Position.Next(), LogPosition.Start, LogPosition.End];
        foreach (var from in places)
        {
            foreach (var count in new[] { 1, 2, 5, 500 })
            {
                Assert.Equal(
                    all.Where(one => one.Position >= from).Take(count).Select(Text),
                    await AllAsync(count, async (at, left) => await _source.ReadAsync(at, LogPosition.End, left), from, position => position.Next()));
                Assert.Equal(
                    all.Where(one => one.Position <= from).Reverse().Take(count).Select(Text),
                    await AllAsync(count, async (at, left) => await _source.ReadBackAsync(at, left), from, position => position.Previous()));
            }

            Assert.Equal(
                all.Where(one => one.Position >= all[2].Position && one.Position <= from).Select(Text),
                await AllAsync(500, async (at, left) => await _source.ReadAsync(at, from, left), all[2].Position, position => position.Next()));
        }
    }

    /// <summary>What entries of several hold is counted by entries where the server counts, and by events where people look.</summary>
    [Fact]
    public async Task Extent_EntriesOfSeveral_CountsBoth()
    {
        await AppendTogetherAsync(3);
        var read = await AppendTogetherAsync(5);
        await Database.StringSetAsync(LogKeys.EventCount, 8);
        var extent = await _source.GetExtentAsync();

        Assert.Equal((2, 8), (extent.Length, extent.Events));
        Assert.Equal(read[0].Position, extent.LastEntry);
        Assert.Equal(extent.Added, extent.With(new RawPage(read, false)).Added);
        Assert.Equal(extent.Added is null ? null : 3, extent.With(new RawPage(await AppendTogetherAsync(4), false)).Added);
    }

    [Fact]
    public async Task Extent_WhatCountsIsBroken_CountsEntries()
    {
        await AppendAsync(3);
        await Database.StringSetAsync(LogKeys.EventCount, "many");
        Assert.Equal(3, (await _source.GetExtentAsync()).Events);
        await Database.StringSetAsync(LogKeys.EventMarks, "in the way");

        Assert.Equal(3, (await _source.GetExtentAsync()).Events);
    }

    /// <summary>Redis takes it, and gives out no higher one for a while; nobody may stumble over it.</summary>
    [Fact]
    public async Task Read_EntryWithTheHighestId_IsThere()
    {
        await Database.StreamAddAsync(LogKeys.Log, LogKeys.EventField, "{}", $"5-{ulong.MaxValue}");
        var next = (await AppendAsync(1))[0];

        var last = new LogPosition(5, ulong.MaxValue);
        Assert.Equal([last, next], (await _source.ReadAsync(LogPosition.Start, LogPosition.End, 10)).Entries.Select(entry => entry.Position));
        Assert.Equal([last, next], (await _source.ReadAsync(last, LogPosition.End, 10)).Entries.Select(entry => entry.Position));
    }

    [Fact]
    public async Task Read_EntryOfTooMany_HoldsNone()
    {
        await Database.StreamAddAsync(LogKeys.Log, LogKeys.EventsField, string.Join('\n', Enumerable.Repeat("{}", EntryEvents.Most + 1)));

        Assert.Null(Assert.Single((await _source.ReadAsync(LogPosition.Start, LogPosition.End, 10)).Entries).Json);
    }

    [Fact]
    public async Task Read_EntryWithoutTheField_HasNoJson()
    {
        await Database.StreamAddAsync(LogKeys.Log, "other", "x");

        Assert.Null(Assert.Single((await _source.ReadAsync(LogPosition.Start, LogPosition.End, 10)).Entries).Json);
    }

    [Fact]
    public async Task Read_NoLog_IsEmpty()
    {
        Assert.Empty((await _source.ReadAsync(LogPosition.Start, LogPosition.End, 10)).Entries);
        Assert.Empty((await _source.ReadBackAsync(LogPosition.End, 1)).Entries);
        Assert.Equal(0, (await _source.GetExtentAsync()).Length);
    }

    [Fact]
    public async Task Extent_TrimmedLog_IsNotComplete()
    {
        await AppendAsync(20);
        var before = await _source.GetExtentAsync();
        await Database.StreamTrimAsync(LogKeys.Log, 5);
        var after = await _source.GetExtentAsync();

        Assert.Equal((20, 5), (before.Length, after.Length));
        Assert.False(after.IsComplete);
        Assert.True(before.Added is null || (before.IsComplete && after.Added == 20));
    }

    [Fact]
    public async Task Anchor_LostLog_NewEntriesLieBehindThePosition()
    {
        var future = new LogPosition((ulong)DateTimeOffset.UtcNow.AddHours(1).ToUnixTimeMilliseconds(), 7);

        await _source.AnchorAsync(future);
        var next = (await AppendAsync(1))[0];

        Assert.Equal(new EntryId(future.Milliseconds, 1).At(0), next);
        Assert.True(next > future);
        Assert.Equal([next], (await _source.ReadAsync(LogPosition.Start, LogPosition.End, 10)).Entries.Select(entry => entry.Position));
    }

    [Fact]
    public async Task Anchor_LogThatIsFurther_ChangesNothing()
    {
        var positions = await AppendAsync(3);

        await _source.AnchorAsync(positions[1]);

        Assert.Equal(positions, (await _source.ReadAsync(LogPosition.Start, LogPosition.End, 10)).Entries.Select(entry => entry.Position));
    }

    [Fact]
    public async Task Anchor_WhileItStands_IsToldFromAnEntry()
    {
        await Database.StreamAddAsync(LogKeys.Log, "anchor", "", "5-1");
        await Database.StreamAddAsync(LogKeys.Log, [new("anchor", ""), new(LogKeys.EventField, "{}")], "5-2");

        Assert.Equal([true, false], (await _source.ReadAsync(LogPosition.Start, LogPosition.End, 10)).Entries.Select(entry => entry.IsAnchor));
    }

    [Fact]
    public async Task Time_IsNotBeforeTheEntriesThatAreThere()
    {
        var positions = await AppendAsync(2);

        Assert.True(await _source.GetTimeAsync() >= positions[^1].Time);
    }

    [Fact]
    public async Task Listen_Publish_Rings()
    {
        var rung = 0;
        await using var listening = await _source.ListenAsync(() => Interlocked.Increment(ref rung));

        await _redis.GetSubscriber().PublishAsync(RedisChannel.Literal(LogKeys.Log), "x");

        await Eventually.IsTrueAsync(() => Volatile.Read(ref rung) > 0, "the doorbell rings");
    }

    [Fact]
    public async Task Read_ServerGone_SaysWhichOneDoesNotAnswer()
    {
        await _server.KillAsync();
        await Eventually.IsTrueAsync(() => !_redis.IsConnected, "the loss is noticed");

        var away = await Assert.ThrowsAsync<LogAwayException>(() => _source.ReadAsync(LogPosition.Start, LogPosition.End, 1));

        Assert.StartsWith($"Redis at 127.0.0.1:{_server.Port} does not answer.", away.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Read_KeyThatIsNoStream_SaysWhatTheServerSays()
    {
        await Database.StringSetAsync(LogKeys.Log, "x");

        var away = await Assert.ThrowsAsync<LogAwayException>(() => _source.ReadAsync(LogPosition.Start, LogPosition.End, 1));

        Assert.Contains("WRONGTYPE", away.Message, StringComparison.Ordinal);
    }

    private static (LogPosition Position, string Json, bool EndsEntry) Text(RawEntry one) =>
        (one.Position, Encoding.UTF8.GetString(one.Json!.Value.Span), one.EndsEntry);

    /// <summary>Page by page up to so many; each page has something, unless it is the last.</summary>
    private static async Task<List<(LogPosition, string, bool)>> AllAsync(
        int count, Func<LogPosition, int, Task<RawPage>> readAsync, LogPosition from, Func<LogPosition, LogPosition> beyond)
    {
        var all = new List<(LogPosition, string, bool)>();
        while (true)
        {
            var page = await readAsync(from, count - all.Count);
            all.AddRange(page.Entries.Select(Text));
            Assert.InRange(page.Count, page.HasMore ? 1 : 0, count);
            if (!page.HasMore || all.Count == count)
            {
                return all;
            }

            from = beyond(page[page.Count - 1].Position);
        }
    }

    private async Task<List<RawEntry>> AppendTogetherAsync(int count)
    {
        var events = Enumerable.Range(0, count).Select(i => $"{{\"n\":{i},\"of\":{count}}}").ToList();
        var id = EntryId.Parse((string)(await Database.StreamAddAsync(
            LogKeys.Log, count == 1 ? LogKeys.EventField : LogKeys.EventsField, string.Join('\n', events)))!);
        return [.. events.Select((json, i) => new RawEntry(id.At(i), Encoding.UTF8.GetBytes(json), EndsEntry: i == count - 1))];
    }

    private async Task<LogPosition[]> AppendAsync(int count)
    {
        var positions = new LogPosition[count];
        for (var i = 0; i < count; i++)
        {
            positions[i] = EntryId.Parse((string)(await Database.StreamAddAsync(LogKeys.Log, LogKeys.EventField, $"{i}"))!).At(0);
        }

        return positions;
    }
}
