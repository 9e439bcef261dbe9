namespace Nexus.Redis.Tests.Conformance;

public abstract partial class RedisConformance
{
    /// <summary>
    /// <c>s</c> holds 5-1, <c>t</c> is a string, <c>m</c> has the highest id, <c>n</c> does not exist. A text that ends in … is compared up to
    /// there: Garnet ends its WRONGTYPE with a full stop.
    /// </summary>
    [Theory]
    [InlineData("XADD s * a", "ERR wrong number of arguments for 'xadd' command")]
    [InlineData("XADD s * a b c", "ERR wrong number of arguments for 'xadd' command")]
    [InlineData("XADD s MAXLEN 3", "ERR wrong number of arguments for 'xadd' command")]
    [InlineData("XADD s 5-1 a b", "ERR The ID specified in XADD is equal or smaller than the target stream top item")]
    [InlineData("XADD s 5 a b", "ERR The ID specified in XADD is equal or smaller than the target stream top item")]
    [InlineData("XADD s 0-* a b", "ERR The ID specified in XADD is equal or smaller than the target stream top item")]
    [InlineData("XADD s 0-0 a b", "ERR The ID specified in XADD must be greater than 0-0")]
    [InlineData("XADD n 0 a b", "ERR The ID specified in XADD must be greater than 0-0")]
    [InlineData("XADD m * a b", "ERR The stream has exhausted the last possible ID, unable to add more items")]
    [InlineData("XADD s x a b", "ERR Invalid stream ID specified as stream command argument")]
    [InlineData("XADD s 6-x a b", "ERR Invalid stream ID specified as stream command argument")]
    [InlineData("XADD s + a b", "ERR Invalid stream ID specified as stream command argument")]
    [InlineData("XADD s 18446744073709551616 a b", "ERR Invalid stream ID specified as stream command argument")]
    [InlineData("XADD s MAXLEN x 9-1 a b", "ERR value is not an integer or out of range")]
    [InlineData("XADD s MAXLEN ~ -1 9-1 a b", "ERR The MAXLEN argument must be >= 0.")]
    [InlineData("XADD s MAXLEN ~ 3 LIMIT -5 9-1 a b", "ERR The LIMIT argument must be >= 0.")]
    [InlineData("XADD s MAXLEN 3 LIMIT 5 9-1 a b", "ERR syntax error, LIMIT cannot be used without the special ~ option")]
    [InlineData("XADD s LIMIT 5 9-1 a b", "ERR syntax error, LIMIT cannot be used without specifying a trimming strategy")]
    [InlineData(
        "XADD s MAXLEN 3 MINID 1 9-1 a b", "ERR syntax error, MAXLEN and MINID options at the same time are not compatible")]
    [InlineData("XADD s MINID x 9-1 a b", "ERR Invalid stream ID specified as stream command argument")]
    [InlineData("XADD t 1-1 a b", "WRONGTYPE Operation against a key holding the wrong kind of value…")]
    [InlineData("XLEN s x", "ERR wrong number of arguments for 'xlen' command")]
    [InlineData("XLEN t", "WRONGTYPE Operation against a key holding the wrong kind of value…")]
    [InlineData("XRANGE s -", "ERR wrong number of arguments for 'xrange' command")]
    [InlineData("XRANGE s x +", "ERR Invalid stream ID specified as stream command argument")]
    [InlineData("XRANGE s (- +", "ERR Invalid stream ID specified as stream command argument")]
    [InlineData("XRANGE n x +", "ERR Invalid stream ID specified as stream command argument")]
    [InlineData("XRANGE s - + COUNT", "ERR syntax error")]
    [InlineData("XRANGE s - + COUNT x", "ERR value is not an integer or out of range")]
    [InlineData("XRANGE s (18446744073709551615-18446744073709551615 +", "ERR invalid start ID for the interval")]
    [InlineData("XRANGE s - (0-0", "ERR invalid end ID for the interval")]
    [InlineData("XREVRANGE s +", "ERR wrong number of arguments for 'xrevrange' command")]
    [InlineData("XREVRANGE s (0-0 -", "ERR invalid end ID for the interval")]
    [InlineData("XREVRANGE t + -", "WRONGTYPE Operation against a key holding the wrong kind of value…")]
    [InlineData("XDEL s", "ERR wrong number of arguments for 'xdel' command")]
    [InlineData("XDEL s 5-1 x", "ERR Invalid stream ID specified as stream command argument")]
    [InlineData("XTRIM s MAXLEN", "ERR wrong number of arguments for 'xtrim' command")]
    [InlineData("XTRIM s FOO 1", "ERR syntax error")]
    [InlineData("XTRIM s LIMIT 1", "ERR syntax error, LIMIT cannot be used without specifying a trimming strategy")]
    [InlineData("XTRIM n MAXLEN x", "ERR value is not an integer or out of range")]
    [InlineData("XINFO STREAM n", "ERR no such key")]
    [InlineData("XINFO STREAM", "ERR wrong number of arguments for 'xinfo|stream' command")]
    [InlineData("XINFO FOO", "ERR unknown subcommand 'FOO'. Try XINFO HELP.")]
    [InlineData("XINFO STREAM t", "WRONGTYPE Operation against a key holding the wrong kind of value…")]
    [InlineData("XREAD STREAMS s", "ERR wrong number of arguments for 'xread' command")]
    [InlineData("XREAD STREAMS s x", "ERR Invalid stream ID specified as stream command argument")]
    [InlineData("XREAD STREAMS t 0", "WRONGTYPE Operation against a key holding the wrong kind of value…")]
    [InlineData("LPUSH s a", "WRONGTYPE Operation against a key holding the wrong kind of value…")]
    [InlineData("GET s", "WRONGTYPE Operation against a key holding the wrong kind of value…")]
    [InlineData("INCR t", "ERR value is not an integer or out of range…")]
    public async Task Command_ThatCannotBe_AnswersRedisErrorText(string command, string expected)
    {
        await using var raw = await OpenAsync();
        await raw.CallAsync("XADD", Key("s"), "5-1", "e", "x");
        await raw.CallAsync("XADD", Key("m"), "18446744073709551615-18446744073709551615", "e", "x");
        await raw.CallAsync("SET", Key("t"), "text");
        var words = command.Split(' ').Select((word, index) => index > 0 && word is "s" or "t" or "m" or "n" ? Key(word) : word);

        var reply = await raw.CallAsync([.. words]);

        if (expected.EndsWith('…'))
        {
            Assert.StartsWith($"-{expected[..^1]}", reply, StringComparison.Ordinal);
        }
        else
        {
            Assert.Equal($"-{expected}\r\n", reply);
        }

        Assert.Equal(":1\r\n", await raw.CallAsync("XLEN", Key("s")));
    }
}
