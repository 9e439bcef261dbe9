using System.Globalization;
using StackExchange.Redis;

namespace Nexus.Redis.Tests.Conformance;

public abstract partial class RedisConformance
{
    [Fact]
    public async Task StreamAdd_WithoutId_IdsRiseAndEntriesComeBackInOrder()
    {
        var key = Key("log");
        var added = new List<RedisValue>();
        for (var number = 0; number < 250; number++)
        {
            added.Add(await Db.StreamAddAsync(key, "e", number));
        }

        var entries = await Db.StreamRangeAsync(key);

        Assert.Equal(added, entries.Select(entry => entry.Id));
        Assert.Equal(Enumerable.Range(0, 250), entries.Select(entry => (int)entry["e"]));
        Assert.Equal(added.Select(Position).Order(), added.Select(Position));
        Assert.Equal(250, added.Distinct().Count());
    }

    [Fact]
    public async Task StreamAdd_SeveralFields_AllComeBack()
    {
        var key = Key("log");
        var big = new string('x', 200_000);

        await Db.StreamAddAsync(key, [new("a", "1"), new("b", big), new("", ""), new("ü", "é")]);

        var entry = Assert.Single(await Db.StreamRangeAsync(key));
        Assert.Equal([new("a", "1"), new("b", big), new("", ""), new("ü", "é")], entry.Values);
    }

    [Fact]
    public async Task StreamRange_AfterAPosition_PagesThroughAll()
    {
        var key = Key("log");
        await Task.WhenAll(Enumerable.Range(1, 1500).Select(number => Db.StreamAddAsync(key, "e", number, $"{number}-0")));

        var (seen, last) = (0, "0");
        while (true)
        {
            var page = (RedisResult[])(await Db.ExecuteAsync("XRANGE", key, $"({last}", "+", "COUNT", 400))!;
            if (page.Length == 0)
            {
                break;
            }

            foreach (var entry in page)
            {
                last = (string)entry[0]!;
                Assert.Equal($"{++seen}-0", last);
            }
        }

        Assert.Equal(1500, seen);
    }

    [Theory]
    [InlineData("-", "+", null, Order.Ascending, "1-0 2-0 2-5 3-0")]
    [InlineData("2", "2", null, Order.Ascending, "2-0 2-5")]
    [InlineData("2-1", "+", null, Order.Ascending, "2-5 3-0")]
    [InlineData("-", "+", 2, Order.Ascending, "1-0 2-0")]
    [InlineData("-", "+", 3, Order.Descending, "3-0 2-5 2-0")]
    [InlineData("-", "2", null, Order.Descending, "2-5 2-0 1-0")]
    [InlineData("4", "+", null, Order.Ascending, "")]
    [InlineData("3", "1", null, Order.Ascending, "")]
    public async Task StreamRange_Bounds_SelectEntries(string from, string to, int? count, Order order, string expected)
    {
        var key = Key("log");
        foreach (var id in new[] { "1-0", "2-0", "2-5", "3-0" })
        {
            await Db.StreamAddAsync(key, "e", id, id);
        }

        var entries = await Db.StreamRangeAsync(key, from, to, count, order);

        Assert.Equal(expected, string.Join(' ', entries.Select(entry => entry.Id)));
    }

    [Fact]
    public async Task StreamAdd_MaxLength_KeepsTheNewest()
    {
        var key = Key("log");
        for (var number = 1; number <= 1000; number++)
        {
            await Db.StreamAddAsync(key, "e", number, maxLength: 100);
        }

        Assert.Equal(100, await Db.StreamLengthAsync(key));
        Assert.Equal(901, (int)(await Db.StreamRangeAsync(key, count: 1))[0]["e"]);
    }

    [Fact]
    public async Task StreamAdd_ApproximateMaxLength_KeepsAFewMore()
    {
        var key = Key("log");
        for (var number = 1; number <= 1000; number++)
        {
            await Db.StreamAddAsync(key, "e", number, maxLength: 250, useApproximateMaxLength: true);
        }

        Assert.InRange(await Db.StreamLengthAsync(key), 250, 350);
    }

    [Fact]
    public async Task StreamTrim_EveryKind_SaysHowManyWent()
    {
        var key = Key("log");
        for (var number = 1; number <= 10; number++)
        {
            await Db.StreamAddAsync(key, "e", number, $"{number}-0");
        }

        Assert.Equal(3, await Db.StreamTrimAsync(key, 7));
        Assert.Equal(2, await Db.StreamTrimByMinIdAsync(key, "6-0"));
        Assert.Equal(0, await Db.StreamTrimAsync(key, 4, useApproximateMaxLength: true));
        Assert.Equal(["6-0", "7-0", "8-0", "9-0", "10-0"], (await Db.StreamRangeAsync(key)).Select(entry => (string)entry.Id!));
    }

    [Fact]
    public async Task StreamAdd_AfterEverythingWasDeleted_IdsGoOn()
    {
        var key = Key("log");
        await Db.StreamAddAsync(key, "e", 1, "99999999999999-5");
        await Db.StreamDeleteAsync(key, ["99999999999999-5"]);

        Assert.Equal("99999999999999-6", await Db.StreamAddAsync(key, "e", 2));
        await Db.StreamTrimAsync(key, 0);
        Assert.Equal("99999999999999-7", await Db.StreamAddAsync(key, "e", 3));
        await Assert.ThrowsAsync<RedisServerException>(() => Db.StreamAddAsync(key, "e", 4, "99999999999999-7"));
    }

    [Fact]
    public async Task StreamInfo_AfterDeletesAndTrims_RemembersWhatWas()
    {
        var key = Key("log");
        for (var number = 1; number <= 6; number++)
        {
            await Db.StreamAddAsync(key, "e", number, $"{number}-0");
        }

        await Db.StreamDeleteAsync(key, ["4-0", "6-0", "77-0"]);
        await Db.StreamTrimAsync(key, 3);

        var info = await Db.StreamInfoAsync(key);
        Assert.Equal(3, info.Length);
        Assert.Equal("6-0", info.LastGeneratedId);
        Assert.Equal("2-0", info.FirstEntry.Id);
        Assert.Equal("5-0", info.LastEntry.Id);
        Assert.Equal(0, info.ConsumerGroupCount);
        await using var raw = await OpenAsync();
        var reply = await raw.CallAsync("XINFO", "STREAM", key);
        Assert.Contains("max-deleted-entry-id\r\n$3\r\n6-0\r\n$13\r\nentries-added\r\n:6\r\n", reply, StringComparison.Ordinal);
        Assert.Contains("recorded-first-entry-id\r\n$3\r\n2-0\r\n", reply, StringComparison.Ordinal);
    }

    [Fact]
    public async Task StreamRead_AfterAPosition_AnswersWhatFollows()
    {
        var key = Key("log");
        await Db.StreamAddAsync(key, "e", 1, "1-0");
        await Db.StreamAddAsync(key, "e", 2, "2-0");
        await Db.StreamAddAsync(Key("other"), "e", 3, "3-0");

        Assert.Equal("2-0", Assert.Single(await Db.StreamReadAsync(key, "1-0")).Id);
        Assert.Empty(await Db.StreamReadAsync(key, "2-0"));
        var streams = await Db.StreamReadAsync([new(key, "0"), new(Key("none"), "0"), new(Key("other"), "0")], countPerStream: 1);
        Assert.Equal([key, Key("other")], streams.Select(stream => (string)stream.Key!));
        Assert.Equal(["1-0", "3-0"], streams.Select(stream => (string)stream.Entries.Single().Id!));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Streams_InBothProtocols_AnswerTheSameShape(int version)
    {
        var key = Key("log");
        await using var raw = await OpenAsync();
        await raw.CallAsync("HELLO", version.ToString(CultureInfo.InvariantCulture));

        Assert.Equal("$3\r\n1-1\r\n", await raw.CallAsync("XADD", key, "1-1", "e", "x"));
        Assert.Equal("*1\r\n*2\r\n$3\r\n1-1\r\n*2\r\n$1\r\ne\r\n$1\r\nx\r\n", await raw.CallAsync("XRANGE", key, "-", "+"));
        Assert.Equal(version == 2 ? "*-1\r\n" : "_\r\n", await raw.CallAsync("XRANGE", key, "-", "+", "COUNT", "0"));
        Assert.Equal(version == 2 ? "$-1\r\n" : "_\r\n", await raw.CallAsync("XADD", Key("no"), "NOMKSTREAM", "*", "e", "x"));
        Assert.Equal(version == 2 ? "*-1\r\n" : "_\r\n", await raw.CallAsync("XREAD", "STREAMS", key, "1-1"));
        Assert.StartsWith(version == 2 ? "*20\r\n" : "%10\r\n", await raw.CallAsync("XINFO", "STREAM", key), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stream_EmptiedOrExpired_StaysOrGoesAsAKey()
    {
        var key = Key("log");
        await Db.StreamAddAsync(key, "e", 1, "1-0");
        await Db.StreamDeleteAsync(key, ["1-0"]);
        Assert.True(await Db.KeyExistsAsync(key));

        await Db.KeyExpireAsync(key, TimeSpan.FromMilliseconds(50));
        await Eventually.IsTrueAsync(async () => !await Db.KeyExistsAsync(key), "the stream expires");
        Assert.Equal("1-0", await Db.StreamAddAsync(key, "e", 1, "1-0"));
        Assert.True(await Db.KeyDeleteAsync(key));
        Assert.Equal(0, await Db.StreamLengthAsync(key));
    }

    private static (ulong Milliseconds, ulong Sequence) Position(RedisValue id)
    {
        var parts = ((string)id!).Split('-');
        return (ulong.Parse(parts[0], CultureInfo.InvariantCulture), ulong.Parse(parts[1], CultureInfo.InvariantCulture));
    }
}
