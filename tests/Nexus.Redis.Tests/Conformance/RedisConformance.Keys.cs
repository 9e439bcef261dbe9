using StackExchange.Redis;

namespace Nexus.Redis.Tests.Conformance;

public abstract partial class RedisConformance
{
    [Fact]
    public async Task Key_WithTimeToLive_GoesByItself()
    {
        var key = Key("heartbeat");
        await Db.StringSetAsync(key, "alive", TimeSpan.FromSeconds(2));

        Assert.InRange((await Db.KeyTimeToLiveAsync(key))!.Value, TimeSpan.Zero, TimeSpan.FromSeconds(2));
        await Eventually.IsTrueAsync(async () => !await Db.KeyExistsAsync(key), "the key expires");
        Assert.Equal(RedisValue.Null, await Db.StringGetAsync(key));
    }

    [Fact]
    public async Task KeyExpire_OnEveryKind_IsSeenAndTakenBack()
    {
        await Db.StringSetAsync(Key("string"), "1");
        await Db.ListLeftPushAsync(Key("list"), "1");
        await Db.HashSetAsync(Key("hash"), "f", "1");
        await Db.StreamAddAsync(Key("stream"), "f", "1");
        foreach (var key in new[] { "string", "list", "hash", "stream" }.Select(Key))
        {
            Assert.Null(await Db.KeyTimeToLiveAsync(key));
            Assert.True(await Db.KeyExpireAsync(key, TimeSpan.FromSeconds(100)));
            Assert.InRange((await Db.KeyTimeToLiveAsync(key))!.Value, TimeSpan.FromSeconds(90), TimeSpan.FromSeconds(100));
            Assert.True(await Db.KeyPersistAsync(key));
            Assert.Null(await Db.KeyTimeToLiveAsync(key));
        }

        Assert.False(await Db.KeyExpireAsync(Key("none"), TimeSpan.FromSeconds(1)));
    }

    [Fact]
    public async Task StringSet_OnlyWhenAbsent_WorksAsALease()
    {
        var key = Key("lease");

        Assert.True(await Db.StringSetAsync(key, "me", TimeSpan.FromSeconds(30), When.NotExists));
        Assert.False(await Db.StringSetAsync(key, "you", TimeSpan.FromSeconds(30), When.NotExists));
        Assert.Equal("me", await Db.StringGetAsync(key));
        Assert.True(await Db.LockExtendAsync(key, "me", TimeSpan.FromSeconds(30)));
        Assert.False(await Db.LockReleaseAsync(key, "you"));
        Assert.True(await Db.LockReleaseAsync(key, "me"));
    }

    [Fact]
    public async Task StringIncrement_Concurrently_CountsEach()
    {
        var key = Key("counter");
        await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => Db.StringIncrementAsync(key)));

        Assert.Equal(200, await Db.StringGetAsync(key));
        Assert.Equal(195, await Db.StringDecrementAsync(key, 5));
    }

    [Fact]
    public async Task Scan_ByPattern_FindsKeysOfEveryKind()
    {
        await Db.StringSetAsync(Key("scan:string"), "1");
        await Db.ListLeftPushAsync(Key("scan:list"), "1");
        await Db.StreamAddAsync(Key("scan:stream"), "f", "1");
        await Db.StringSetAsync(Key("other"), "1");

        var found = new List<string>();
        await foreach (var key in Server.KeysAsync(pattern: Key("scan:*"), pageSize: 100))
        {
            found.Add(key.ToString());
        }

        Assert.Equal([Key("scan:list"), Key("scan:stream"), Key("scan:string")], found.Order());
    }

    [Fact]
    public async Task Hash_Fields_AreSetCountedAndRemoved()
    {
        var key = Key("hash");
        await Db.HashSetAsync(key, [new("a", 1), new("b", 2)]);

        Assert.False(await Db.HashSetAsync(key, "a", 3));
        Assert.Equal(5, await Db.HashIncrementAsync(key, "a", 2));
        Assert.Equal(2, await Db.HashGetAsync(key, "b"));
        Assert.Equal(RedisValue.Null, await Db.HashGetAsync(key, "c"));
        Assert.Equal(2, await Db.HashLengthAsync(key));
        Assert.Equal(["a=5", "b=2"], (await Db.HashGetAllAsync(key)).Select(entry => $"{entry.Name}={entry.Value}").Order());
        Assert.Equal(1, await Db.HashDeleteAsync(key, ["b", "c"]));
        Assert.Equal([5, RedisValue.Null], await Db.HashGetAsync(key, ["a", "b"]));
    }

    [Fact]
    public async Task Connection_AsksAboutTheServer_IsAnswered()
    {
        await using var raw = await OpenAsync();

        Assert.Equal("+PONG\r\n", await raw.CallAsync("PING"));
        Assert.Equal("+OK\r\n", await raw.CallAsync("CLIENT SETNAME tests"));
        Assert.Equal("$5\r\ntests\r\n", await raw.CallAsync("CLIENT GETNAME"));
        Assert.StartsWith(":", await raw.CallAsync("CLIENT ID"), StringComparison.Ordinal);
        Assert.Contains("redis_version:", await raw.CallAsync("INFO server"), StringComparison.Ordinal);
        Assert.Contains("proto\r\n:3\r\n", await raw.CallAsync("HELLO 3"), StringComparison.Ordinal);
        Assert.True(Server.Version >= new Version(6, 2));
    }
}
