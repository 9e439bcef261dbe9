using Microsoft.Extensions.Options;
using Nexus.Monitoring.Api.Log;
using Nexus.Monitoring.Api.Streaming;
using Nexus.Monitoring.Client;
using Nexus.Monitoring.Client.Configuration;
using Nexus.Monitoring.Client.Log;
using Nexus.Monitoring.Client.Redis;
using Nexus.Monitoring.Contracts.Events;
using Nexus.Monitoring.Contracts.Log;
using StackExchange.Redis;

namespace Nexus.Monitoring.Api.Watch;

/// <summary>
/// The lease, the fence and the appends, each one transaction under conditions, which redis-server and the embedded server both have.
/// </summary>
/// <remarks>
/// <code>
/// acquire   WATCH lease fence · lease is free, fence is t:s   · MULTI · SET fence t+1:0 · SET lease t+1 PX ttl · EXEC
/// append    WATCH fence keys  · fence is t:s, keys are absent · MULTI · XADD log … (per event) · INCRBY count · SET fence t:s+1 · EXEC
/// </code>
/// The append checks the fence, not the lease: a lease that ran out unnoticed does no harm until another node has taken it, and then the fence has
/// changed.
/// </remarks>
internal sealed class RedisWatchLog(
    IConnectionMultiplexer redis,
    ILogSource source,
    IEventAnnouncer announcer,
    TimeProvider time,
    IOptions<MonitoringOptions> options,
    IConfiguration configuration,
    IHostEnvironment environment) : IWatchLog
{
    private const int KeysAtOnce = 1_000;

    private readonly string _source = options.Value.Source ?? ProducerIdentity.Source(configuration, environment);

    private IDatabase Database => redis.GetDatabase();

    public async Task<LogClock> ReadClockAsync()
    {
        var last = (await source.GetExtentAsync()).LastEntry;
        var now = await AskAsync(async () =>
        {
            var answer = await Database.ExecuteAsync("TIME");
            return DateTimeOffset.FromUnixTimeSeconds((long)answer[0]).AddMicroseconds((long)answer[1]);
        });

        // A server whose clock was set back goes on giving out positions of the time before
        return new LogClock(now < last.Time ? last.Time : now, last);
    }

    public Task<WatchTerm?> TryAcquireAsync(TimeSpan timeToLive) => AskAsync<WatchTerm?>(async () =>
    {
        if (await Database.KeyExistsAsync(LogKeys.WatchLease))
        {
            return null;
        }

        var fence = await Database.StringGetAsync(LogKeys.WatchFence);
        var term = new WatchTerm(WatchTerm.Parse(fence).Token + 1, 0);
        var transaction = Database.CreateTransaction();
        transaction.AddCondition(Condition.KeyNotExists(LogKeys.WatchLease));
        transaction.AddCondition(fence.IsNull ? Condition.KeyNotExists(LogKeys.WatchFence) : Condition.StringEqual(LogKeys.WatchFence, fence));
        _ = transaction.StringSetAsync(LogKeys.WatchFence, term.ToString());
        _ = transaction.StringSetAsync(LogKeys.WatchLease, term.Token, timeToLive);
        return await transaction.ExecuteAsync() ? term : null;
    });

    public Task<WatchTerm?> RenewAsync(WatchTerm term, TimeSpan timeToLive) => AskAsync<WatchTerm?>(async () =>
    {
        var transaction = Database.CreateTransaction();
        transaction.AddCondition(Condition.StringEqual(LogKeys.WatchLease, term.Token));
        _ = transaction.StringSetAsync(LogKeys.WatchLease, term.Token, timeToLive);
        var fence = transaction.StringGetAsync(LogKeys.WatchFence);
        return await transaction.ExecuteAsync() && WatchTerm.Parse(await fence) is var known && known.Token == term.Token ? known : null;
    });

    public Task ReleaseAsync(WatchTerm term) => AskAsync(() =>
    {
        var transaction = Database.CreateTransaction();
        transaction.AddCondition(Condition.StringEqual(LogKeys.WatchLease, term.Token));
        _ = transaction.KeyDeleteAsync(LogKeys.WatchLease);
        return transaction.ExecuteAsync();
    });

    public async Task<IReadOnlySet<int>> FindAliveAsync(IReadOnlyList<int> workers)
    {
        var alive = new HashSet<int>();
        foreach (var some in workers.Chunk(KeysAtOnce))
        {
            var keys = await AskAsync(() => Database.StringGetAsync([.. some.Select(worker => (RedisKey)LogKeys.WorkerHeartbeat(worker))]));
            alive.UnionWith(some.Where((_, i) => !keys[i].IsNull));
        }

        return alive;
    }

    public async Task<(WatchTerm Term, int Appended)?> TryAppendAsync(WatchTerm term, IReadOnlyList<PendingVerdict> verdicts)
    {
        var alive = await FindAliveAsync([.. verdicts.Select(verdict => verdict.SilentWorker).OfType<int>().Distinct()]);
        var appended = verdicts.Where(verdict => verdict.SilentWorker is not { } worker || !alive.Contains(worker)).ToList();
        if (appended.Count == 0)
        {
            return (term, 0);
        }

        var payloads = appended.ConvertAll(verdict => (ReadOnlyMemory<byte>)EventJson.ToUtf8(Complete(verdict.Event)));
        var last = await AskAsync(() => AppendAsync(term, appended, payloads));
        if (last is null)
        {
            return null;
        }

        announcer.Announce(last, payloads);
        return (term.Next, appended.Count);
    }

    private async Task<LogPosition?> AppendAsync(WatchTerm term, List<PendingVerdict> verdicts, List<ReadOnlyMemory<byte>> payloads)
    {
        var transaction = Database.CreateTransaction();
        transaction.AddCondition(Condition.StringEqual(LogKeys.WatchFence, term.ToString()));
        foreach (var worker in verdicts.Select(verdict => verdict.SilentWorker).OfType<int>().Distinct())
        {
            transaction.AddCondition(Condition.KeyNotExists(LogKeys.WorkerHeartbeat(worker)));
        }

        var adds = payloads.ConvertAll(json => transaction.StreamAddAsync(
            LogKeys.Log, LogKeys.EventField, json, maxLength: LogHolds.MostEntries(options.Value.LogMaxLength), useApproximateMaxLength: true));
        _ = transaction.StringIncrementAsync(LogKeys.EventCount, payloads.Count);
        _ = transaction.StringSetAsync(LogKeys.WatchFence, term.Next.ToString());
        return await transaction.ExecuteAsync() ? EntryId.Parse((string)(await adds[^1])!).At(0) : null;
    }

    private MonitoringEvent Complete(MonitoringEvent e)
    {
        var now = time.GetUtcNow();
        return e with { EventId = Guid.CreateVersion7(now).ToString(), Timestamp = now, Source = _source };
    }

    private static async Task<T> AskAsync<T>(Func<Task<T>> ask)
    {
        try
        {
            return await ask().NotForgottenAsync();
        }
        catch (Exception error) when (RedisFailure.IsAway(error))
        {
            throw new LogAwayException($"Redis does not answer the watcher: {error.Message}", error);
        }
    }
}
