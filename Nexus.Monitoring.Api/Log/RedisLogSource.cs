using System.Text;
using Nexus.Monitoring.Api.Streaming;
using Nexus.Monitoring.Client.Redis;
using Nexus.Monitoring.Contracts.Log;
using StackExchange.Redis;

namespace Nexus.Monitoring.Api.Log;

/// <summary>The log in Redis; the only class of the API that speaks to it for reading.</summary>
internal sealed class RedisLogSource(IConnectionMultiplexer redis) : ILogSource
{
    private const string AnchorField = "anchor";

    private static readonly byte[] AnchorName = Encoding.UTF8.GetBytes(AnchorField);
    private static readonly byte[] EventName = Encoding.UTF8.GetBytes(LogKeys.EventField);

    private IDatabase Database => redis.GetDatabase();

    public Task<IAsyncDisposable> ListenAsync(Action onDoorbell) => AskAsync<IAsyncDisposable>(async () =>
    {
        var listener = new DoorbellListener(redis, onDoorbell);
        await listener.StartAsync();
        return listener;
    });

    public Task<IReadOnlyList<RawEntry>> ReadAsync(LogPosition from, LogPosition to, int count) => AskAsync<IReadOnlyList<RawEntry>>(async () =>
        ToRaw(await Database.StreamRangeAsync(LogKeys.Log, from.ToString(), to.ToString(), count)));

    public Task<IReadOnlyList<RawEntry>> ReadBackAsync(LogPosition from, int count) => AskAsync<IReadOnlyList<RawEntry>>(async () =>
        ToRaw(await Database.StreamRangeAsync(LogKeys.Log, maxId: from.ToString(), count: count, messageOrder: Order.Descending)));

    public Task<LogExtent> GetExtentAsync() => AskAsync(async () =>
    {
        RedisResult answer;
        try
        {
            answer = await Database.ExecuteAsync("XINFO", "STREAM", (RedisKey)LogKeys.Log);
        }
        catch (RedisServerException error) when (error.Message.Contains("no such key", StringComparison.OrdinalIgnoreCase))
        {
            return new LogExtent(0, 0, LogPosition.Start);
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
                    last = LogPosition.Parse((string)answer[i + 1]!);
                    break;
                // Redis 7 and later.
                case "entries-added":
                    added = (long)answer[i + 1];
                    break;
            }
        }

        return new LogExtent(length, added, last);
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
        RedisValue id = position.ToString();
        try
        {
            await Database.StreamAddAsync(LogKeys.Log, AnchorField, RedisValue.EmptyString, id);
        }
        catch (RedisServerException error) when (error.Message.Contains("equal or smaller", StringComparison.Ordinal))
        {
            return false;
        }

        // Only what was added here: an entry that was there before is somebody's event.
        await Database.StreamDeleteAsync(LogKeys.Log, [id]);
        return true;
    });

    private static List<RawEntry> ToRaw(StreamEntry[] entries)
    {
        var raw = new List<RawEntry>(entries.Length);
        Span<byte> id = stackalloc byte[LogPosition.MaxLength];
        foreach (var entry in entries)
        {
            ReadOnlyMemory<byte>? json = null;
            var isAnchor = false;
            foreach (var field in entry.Values)
            {
                isAnchor |= IsText(field.Name, AnchorName);
                if (IsText(field.Name, EventName))
                {
                    json = (ReadOnlyMemory<byte>)field.Value;
                }
            }

            var position = LogPosition.TryParse(id[..entry.Id.CopyTo(id)], out var parsed)
                ? parsed
                : throw new FormatException($"Redis answered an entry of {LogKeys.Log} whose id '{entry.Id}' is none.");
            raw.Add(new RawEntry(position, json, isAnchor && json is null));
        }

        return raw;
    }

    /// <summary>Compared as bytes: values of the client compare as numbers first, which costs more than all else here.</summary>
    private static bool IsText(RedisValue value, ReadOnlySpan<byte> text) => value.GetByteCount() == text.Length && value.StartsWith(text);

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
