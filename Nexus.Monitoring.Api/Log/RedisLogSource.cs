using Nexus.Monitoring.Api.Streaming;
using Nexus.Monitoring.Client.Redis;
using Nexus.Monitoring.Contracts.Log;
using StackExchange.Redis;

namespace Nexus.Monitoring.Api.Log;

/// <summary>The log in Redis; the only class of the API that speaks to it for reading.</summary>
internal sealed class RedisLogSource(IConnectionMultiplexer redis) : ILogSource
{
    /// <summary>What comes in now, and what came some time ago: a storm and a quiet hour fill entries differently.</summary>
    private readonly EntryDensity _new = new();

    private readonly EntryDensity _older = new();

    private IDatabase Database => redis.GetDatabase();

    public Task<IAsyncDisposable> ListenAsync(Action onDoorbell) => AskAsync<IAsyncDisposable>(async () =>
    {
        var listener = new DoorbellListener(redis, onDoorbell);
        await listener.StartAsync();
        return listener;
    });

    public Task<RawPage> ReadAsync(LogPosition from, LogPosition to, int count) => AskAsync(async () =>
    {
        // The entry of a position that is not the first of its entry may end before it.
        var (first, last) = (EntryId.Of(from), EntryId.Of(to));
        var density = to == LogPosition.End ? _new : _older;
        var asked = density.EntriesFor(count) + (first.At(0) == from ? 0 : 1);
        var entries = await Database.StreamRangeAsync(LogKeys.Log, first.ToString(), last.ToString(), asked);
        var page = EntryReader.Read(entries, from, to, density.EventsOf(entries.Length));
        if (count > 1)
        {
            density.Learn(entries.Length, page.Count);
        }

        return Cut(page, count, entries.Length == asked && EntryReader.Id(entries[^1]) != last);
    });

    public Task<RawPage> ReadBackAsync(LogPosition from, int count) => AskAsync(async () =>
    {
        var asked = _older.EntriesFor(count) + 1;
        var entries = await Database.StreamRangeAsync(
            LogKeys.Log, maxId: EntryId.Of(from).ToString(), count: asked, messageOrder: Order.Descending);
        Array.Reverse(entries);
        var page = EntryReader.Read(entries, LogPosition.Start, from, _older.EventsOf(entries.Length));
        page.Reverse();
        return Cut(page, count, entries.Length == asked);
    });

    public Task<LogExtent> GetExtentAsync() => AskAsync(async () =>
    {
        RedisResult answer;
        var counting = CountAsync();
        try
        {
            answer = await Database.ExecuteAsync("XINFO", "STREAM", (RedisKey)LogKeys.Log);
        }
        catch (RedisServerException error) when (error.Message.Contains("no such key", StringComparison.OrdinalIgnoreCase))
        {
            return new LogExtent(0, 0, LogPosition.Start, 0);
        }

        long? added = null;
        var length = 0L;
        var last = LogPosition.Start;
        for (var i = 0; i + 1 < answer.Length; i += 2)
        {
            switch ((string?)answer[i])
            {
                case "length":
                    length = (long)answer[i + 1];
                    break;
                case "last-generated-id":
                    last = EntryId.Parse((string)answer[i + 1]!).At(EntryEvents.Most - 1);
                    break;
                // Redis 7 and later.
                case "entries-added":
                    added = (long)answer[i + 1];
                    break;
            }
        }

        var extent = new LogExtent(length, added, last, length);
        var (count, gone) = await counting;
        return extent with { Events = Math.Max(length, extent.IsComplete ? count : count - gone) };
    });

    public Task<DateTimeOffset> GetTimeAsync() => AskAsync(async () =>
    {
        var answer = await Database.ExecuteAsync("TIME");
        return DateTimeOffset.FromUnixTimeSeconds((long)answer[0]).AddMicroseconds((long)answer[1]);
    });

    /// <summary>
    /// An entry that is added at the position and deleted again leaves nothing but the stream's last id. It also works when the stream does
    /// not exist, which XSETID does not. Redis refuses it when the stream's last id is not smaller: then it is not needed. Who reads in
    /// between finds an entry without an event.
    /// </summary>
    public Task AnchorAsync(LogPosition position) => AskAsync(async () =>
    {
        RedisValue id = EntryId.Of(position).ToString();
        try
        {
            await Database.StreamAddAsync(LogKeys.Log, EntryReader.AnchorField, RedisValue.EmptyString, id);
        }
        catch (RedisServerException error) when (error.Message.Contains("equal or smaller", StringComparison.Ordinal))
        {
            return false;
        }

        // Only what was added here: an entry that was there before is somebody's event.
        await Database.StreamDeleteAsync(LogKeys.Log, [id]);
        return true;
    });

    public Task HoldAsync(string holder, LogPosition upto, TimeSpan lifetime) => AskAsync(async () =>
    {
        await LogHolds.HoldAsync(Database, holder, upto, await GetTimeAsync() + lifetime);
        return true;
    });

    /// <summary>
    /// Events that were ever counted, and how many of them came before the mark that who trims the log keeps where it begins. For people to
    /// read: what stands there that is no such thing stops nobody.
    /// </summary>
    private async Task<(long Count, long Gone)> CountAsync()
    {
        try
        {
            var counted = Database.StringGetAsync(LogKeys.EventCount);
            var oldest = await Database.SortedSetRangeByRankWithScoresAsync(LogKeys.EventMarks, 0, 0);
            return (await counted).TryParse(out long count) ? (count, oldest.Length > 0 ? (long)oldest[0].Score : 0) : default;
        }
        catch (RedisServerException)
        {
            return default;
        }
    }

    private static RawPage Cut(List<RawEntry> page, int count, bool hasMore)
    {
        if (page.Count <= count)
        {
            return new RawPage(page, hasMore);
        }

        page.RemoveRange(count, page.Count - count);
        return new RawPage(page, HasMore: true);
    }

    private async Task<T> AskAsync<T>(Func<Task<T>> ask)
    {
        try
        {
            return await ask().NotForgottenAsync();
        }
        catch (Exception error) when (RedisFailure.IsAway(error))
        {
            throw new LogAwayException(Explain(error), error);
        }
    }

    private string Explain(Exception error)
    {
        var servers = string.Join(", ", redis.GetEndPoints().Select(Format));
        return error is RedisServerException
            ? $"Redis at {servers} refuses to read the log {LogKeys.Log}: {error.Message}"
            : $"Redis at {servers} does not answer. Events wait there or at their producers; reading goes on where it stopped.";
    }

    public static string Format(System.Net.EndPoint endPoint) => endPoint switch
    {
        System.Net.DnsEndPoint dns => $"{dns.Host}:{dns.Port}",
        _ => endPoint.ToString() ?? "",
    };
}
