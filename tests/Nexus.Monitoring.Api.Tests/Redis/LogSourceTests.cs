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
