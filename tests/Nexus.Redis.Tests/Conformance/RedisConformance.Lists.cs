using StackExchange.Redis;

namespace Nexus.Redis.Tests.Conformance;

public abstract partial class RedisConformance
{
    [Fact]
    public async Task List_PushedAtBothEnds_KeepsItsOrder()
    {
        var key = Key("queue");
        Assert.Equal(2, await Db.ListLeftPushAsync(key, ["b", "a"]));
        Assert.Equal(4, await Db.ListRightPushAsync(key, ["c", "d"]));

        Assert.Equal(["a", "b", "c", "d"], await Db.ListRangeAsync(key));
        Assert.Equal(["b", "c"], await Db.ListRangeAsync(key, 1, -2));
        Assert.Equal("a", await Db.ListLeftPopAsync(key));
        Assert.Equal("d", await Db.ListRightPopAsync(key));
        Assert.Equal(2, await Db.ListLengthAsync(key));
    }

    [Fact]
    public async Task List_EmptiedByPops_IsGoneAsAKey()
    {
        var key = Key("queue");
        await Db.ListLeftPushAsync(key, "only");

        Assert.Equal("only", await Db.ListRightPopAsync(key));
        Assert.Equal(RedisValue.Null, await Db.ListRightPopAsync(key));
        Assert.False(await Db.KeyExistsAsync(key));
        Assert.Equal(0, await Db.ListLengthAsync(key));
    }

    [Fact]
    public async Task List_MovedToAnother_IsNeverInNeither()
    {
        var (todo, doing) = (Key("todo"), Key("doing"));
        await Db.ListRightPushAsync(todo, ["1", "2", "3"]);

        Assert.Equal("1", await Db.ListMoveAsync(todo, doing, ListSide.Left, ListSide.Right));
        Assert.Equal("3", await Db.ListRightPopLeftPushAsync(todo, doing));
        Assert.Equal(["2"], await Db.ListRangeAsync(todo));
        Assert.Equal(["3", "1"], await Db.ListRangeAsync(doing));
        Assert.Equal(RedisValue.Null, await Db.ListMoveAsync(Key("none"), doing, ListSide.Left, ListSide.Right));
    }

    [Fact]
    public async Task List_Remove_TakesOutAsManyAsAsked()
    {
        var key = Key("queue");
        await Db.ListRightPushAsync(key, ["x", "y", "x", "y", "x"]);

        Assert.Equal(1, await Db.ListRemoveAsync(key, "x", 1));
        Assert.Equal(2, await Db.ListRemoveAsync(key, "y"));
        Assert.Equal(0, await Db.ListRemoveAsync(key, "z"));
        Assert.Equal(["x", "x"], await Db.ListRangeAsync(key));
    }

    [Fact]
    public async Task BlockingPop_OnEmptyLists_WaitsForAPush()
    {
        await using var worker = await OpenAsync();
        var key = Key("queue");
        await worker.SendAsync("BRPOP", Key("high"), key, "10");
        var reply = worker.ReadReplyAsync();

        await Assert.ThrowsAsync<TimeoutException>(() => reply.WaitAsync(TimeSpan.FromMilliseconds(100)));
        await Db.ListLeftPushAsync(key, "job");

        Assert.Equal($"*2\r\n${key.Length}\r\n{key}\r\n$3\r\njob\r\n", await reply);
    }

    [Fact]
    public async Task BlockingPop_NothingComes_AnswersNullAfterItsTimeout()
    {
        await using var worker = await OpenAsync();

        Assert.Equal("*-1\r\n", await worker.CallAsync("BRPOP", Key("queue"), "0.1"));
    }
}
