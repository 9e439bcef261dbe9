using StackExchange.Redis;

namespace Nexus.Redis.Tests.Conformance;

public abstract partial class RedisConformance
{
    private const int BatchSize = 20;

    private IServer Server => server.Connection.GetServer("127.0.0.1", server.Port);

    [Fact]
    public async Task Transaction_OfEveryKind_HappensTogether()
    {
        var transaction = Db.CreateTransaction();
        var added = transaction.StreamAddAsync(Key("log"), "e", "1", "7-1");
        var pushed = transaction.ListLeftPushAsync(Key("queue"), "job");
        var set = transaction.StringSetAsync(Key("state"), "running", TimeSpan.FromMinutes(1));
        var length = transaction.StreamLengthAsync(Key("log"));
        var range = transaction.StreamRangeAsync(Key("log"));

        Assert.True(await transaction.ExecuteAsync());

        Assert.Equal("7-1", await added);
        Assert.Equal(1, await pushed);
        Assert.True(await set);
        Assert.Equal(1, await length);
        Assert.Equal("7-1", Assert.Single(await range).Id);
    }

    [Fact]
    public async Task Transaction_WhenItsConditionFails_ChangesNothing()
    {
        await Db.StringSetAsync(Key("owner"), "you");
        var transaction = Db.CreateTransaction();
        transaction.AddCondition(Condition.StringEqual(Key("owner"), "me"));
        var added = transaction.StreamAddAsync(Key("log"), "e", "1");

        Assert.False(await transaction.ExecuteAsync());
        await Assert.ThrowsAsync<TaskCanceledException>(() => added);
        Assert.False(await Db.KeyExistsAsync(Key("log")));
    }

    [Fact]
    public async Task Transaction_OfAWatchedStream_FailsWhenItChanged()
    {
        await using var raw = await OpenAsync();
        await raw.CallAsync("XADD", Key("log"), "1-1", "e", "x");
        await raw.CallAsync("WATCH", Key("log"));
        await raw.CallAsync("MULTI");
        Assert.Equal("+QUEUED\r\n", await raw.CallAsync("XADD", Key("log"), "*", "e", "y"));
        await Db.StreamAddAsync(Key("log"), "e", "z");

        Assert.Equal("*-1\r\n", await raw.CallAsync("EXEC"));
        Assert.Equal(2, await Db.StreamLengthAsync(Key("log")));
    }

    [Fact]
    public async Task Transaction_OneCommandFails_TheOthersHappen()
    {
        await using var raw = await OpenAsync();
        var key = Key("log");
        await raw.CallAsync("MULTI");
        await raw.CallAsync("XADD", key, "5-1", "e", "x");
        await raw.CallAsync("XADD", key, "5-1", "e", "x");
        await raw.CallAsync("XLEN", key);

        Assert.Equal(
            "*3\r\n$3\r\n5-1\r\n-ERR The ID specified in XADD is equal or smaller than the target stream top item\r\n:1\r\n",
            await raw.CallAsync("EXEC"));
    }

    [Fact]
    public async Task Transaction_Discarded_ChangesNothing()
    {
        await using var raw = await OpenAsync();
        await raw.CallAsync("MULTI");
        await raw.CallAsync("XADD", Key("log"), "5-1", "e", "x");

        Assert.Equal("+OK\r\n", await raw.CallAsync("DISCARD"));
        Assert.Equal(":0\r\n", await raw.CallAsync("XLEN", Key("log")));
    }

    /// <summary>Two at a time add to one stream and cut it at the front, while others read it.</summary>
    [Fact]
    public async Task Transactions_OnOneStream_AreSeenWholeAndInOrder()
    {
        const int Batches = 1500;
        using var done = new CancellationTokenSource();
        var readers = Enumerable.Range(0, 2).Select(_ => Task.Run(() => ReadBatchesAsync(done.Token))).ToArray();
        var writers = Enumerable.Range(0, 2).Select(writer => Task.Run(() => WriteBatchesAsync(writer, Batches))).ToArray();

        var ids = (await Task.WhenAll(writers)).SelectMany(given => given).ToList();
        await done.CancelAsync();
        await Task.WhenAll(readers);

        Assert.Equal(2 * Batches * BatchSize, ids.Distinct().Count());
        Assert.Equal(2 * Batches * BatchSize, (await Db.StreamInfoAsync(Key("log"))).EntriesAdded);
    }

    private async Task<List<RedisValue>> WriteBatchesAsync(int writer, int batches)
    {
        using var connection = await server.ConnectAsync();
        var ids = new List<RedisValue>();
        for (var batch = 0; batch < batches; batch++)
        {
            var transaction = connection.GetDatabase().CreateTransaction();
            var added = Enumerable.Range(0, BatchSize)
                .Select(entry => transaction.StreamAddAsync(
                    Key("log"), [new("batch", $"{writer}:{batch}"), new("entry", entry)], maxLength: 500, useApproximateMaxLength: true))
                .ToArray();
            Assert.True(await transaction.ExecuteAsync());
            ids.AddRange(await Task.WhenAll(added));
        }

        return ids;
    }

    /// <summary>Every batch is there as a whole and without others in between; only the oldest may have been cut.</summary>
    private async Task ReadBatchesAsync(CancellationToken stop)
    {
        using var connection = await server.ConnectAsync();
        while (!stop.IsCancellationRequested)
        {
            var entries = await connection.GetDatabase().StreamRangeAsync(Key("log"));
            var batches = entries.Select(entry => (Name: entry["batch"], Entry: (int)entry["entry"])).ToList();
            for (var at = 1; at < batches.Count; at++)
            {
                var (last, next) = (batches[at - 1], batches[at]);
                var follows = next.Entry == 0 ? last.Entry == BatchSize - 1 : last == (next.Name, next.Entry - 1);
                Assert.True(follows, $"{next} follows {last}");
            }

            Assert.True(batches is [] or [.., { Entry: BatchSize - 1 }], "the newest batch is not whole");
        }
    }

    [Fact]
    public async Task Script_OverListsAndStreams_RunsAsOne()
    {
        const string Script = """
            local job = redis.call('RPOP', KEYS[1])
            if not job then return nil end
            redis.call('LPUSH', KEYS[2], job)
            return redis.call('XADD', KEYS[3], ARGV[1], 'job', job)
            """;
        await Db.ListLeftPushAsync(Key("todo"), "1");
        RedisKey[] keys = [Key("todo"), Key("doing"), Key("log")];

        Assert.Equal("3-1", (string?)await Db.ScriptEvaluateAsync(Script, keys, ["3-1"]));
        Assert.True((await Db.ScriptEvaluateAsync(Script, keys, ["3-2"])).IsNull);
        Assert.Equal(["1"], await Db.ListRangeAsync(Key("doing")));
        Assert.Equal("1", (await Db.StreamRangeAsync(Key("log"))).Single()["job"]);
    }
}
