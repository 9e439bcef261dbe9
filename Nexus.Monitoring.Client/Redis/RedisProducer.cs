using Nexus.Monitoring.Client.Log;
using Nexus.Monitoring.Contracts.Log;
using StackExchange.Redis;

namespace Nexus.Monitoring.Client.Redis;

/// <summary>
/// Appends batches to the log exactly once and in order, also when answers are lost. Not thread-safe: one batch at a time.
/// </summary>
/// <remarks>
/// Each batch is one transaction, which also sets the producer's marker to the batch's number, on the condition that the marker still
/// holds the value that this producer saw last:
/// <code>
/// WATCH marker · GET marker → n-1 · MULTI · XADD log … (per entry) · INCRBY count · SET marker n · EXEC
/// </code>
/// When the answer is lost, the marker tells whether the batch is in the log. An attempt that the server carries out late, after a
/// repetition has succeeded, is void: its WATCH was answered before its EXEC was sent, so the marker has changed under it. Whichever of
/// several attempts comes first wins, the others do nothing.
/// </remarks>
/// <param name="redis">Where the log is.</param>
/// <param name="producerId">Whose batches these are.</param>
/// <param name="logMaxLength">Events that the log keeps, approximately.</param>
/// <param name="isNew">Whether nothing was ever sent under this id, so that there is no marker to look for.</param>
internal sealed class RedisProducer(IConnectionMultiplexer redis, string producerId, int logMaxLength, bool isNew)
{
    /// <summary>
    /// How long the marker outlives the last batch. Only an answer that stays lost for longer than this could double a batch.
    /// </summary>
    private static readonly TimeSpan MarkerLifetime = TimeSpan.FromHours(24);

    private readonly RedisKey _markerKey = LogKeys.Producer(producerId);
    private RedisValue? _marker = isNew ? RedisValue.Null : default(RedisValue?);
    private long _lastNumber;

    /// <summary>The number of the next new batch.</summary>
    public long NextNumber() => ++_lastNumber;

    /// <summary>Appends the batch, or finds that an earlier attempt with the same number has.</summary>
    /// <returns>The positions; empty when an earlier attempt succeeded and the log has since dropped the entries.</returns>
    /// <exception cref="LogUnavailableException">Nothing is known; call again with the same number.</exception>
    public async Task<IReadOnlyList<LogPosition>> AppendAsync(
        long number, IReadOnlyList<ReadOnlyMemory<byte>> events, CancellationToken cancellationToken)
    {
        if (!redis.IsConnected)
        {
            throw new LogUnavailableException($"Redis at {Endpoints} is not connected.");
        }

        var sent = false;
        try
        {
            var database = redis.GetDatabase();
            while (true)
            {
                var marker = _marker ??= await database.StringGetAsync(_markerKey).NotForgottenAsync(cancellationToken).ConfigureAwait(false);
                if (marker.TryParse(out long last) && last >= number)
                {
                    return await LogSearch.FindAsync(database, events, logMaxLength, cancellationToken).ConfigureAwait(false);
                }

                sent = true;
                _marker = null;
                if (await TryAppendAsync(database, marker, number, events, cancellationToken).ConfigureAwait(false) is { } positions)
                {
                    _marker = number;
                    return positions;
                }
            }
        }
        catch (RedisServerException exception)
        {
            _marker = null;
            throw new LogUnavailableException($"Redis at {Endpoints} refuses: {exception.Message}", exception);
        }
        catch (Exception exception) when (RedisFailure.IsAway(exception, cancellationToken))
        {
            _marker = null;
            throw new LogUnavailableException($"Redis at {Endpoints} does not answer.", exception) { MayBeAppended = sent };
        }
    }

    private string Endpoints => string.Join(", ", redis.GetEndPoints().Select(endpoint => EndPointCollection.ToString(endpoint)));

    /// <summary>One attempt; null when the marker was not <paramref name="marker"/>, so that nothing was done.</summary>
    private async Task<IReadOnlyList<LogPosition>?> TryAppendAsync(
        IDatabase database, RedisValue marker, long number, IReadOnlyList<ReadOnlyMemory<byte>> events, CancellationToken cancellationToken)
    {
        var transaction = database.CreateTransaction();
        transaction.AddCondition(marker.IsNull ? Condition.KeyNotExists(_markerKey) : Condition.StringEqual(_markerKey, marker));
        var entries = EntryPayload.Of(events);
        var adds = new Task<RedisValue>[entries.Count];
        for (var i = 0; i < adds.Length; i++)
        {
            // What is too much goes with the last: the server looks once, and is told once.
            int? longest = i == adds.Length - 1 ? LogHolds.MostEntries(logMaxLength) : null;
            adds[i] = transaction.StreamAddAsync(
                LogKeys.Log, entries[i].Field, entries[i].Payload, maxLength: longest, useApproximateMaxLength: true);
        }

        var count = transaction.StringIncrementAsync(LogKeys.EventCount, events.Count);
        var mark = transaction.StringSetAsync(_markerKey, number, MarkerLifetime);
        if (!await transaction.ExecuteAsync().NotForgottenAsync(cancellationToken).ConfigureAwait(false))
        {
            return null;
        }

        await mark.ConfigureAwait(false);
        var ids = await IdsAsync(adds).ConfigureAwait(false);
        await LogBound.KeepAsync(database, count, entries, ids, logMaxLength, cancellationToken).ConfigureAwait(false);
        return Positions(entries, ids, events.Count);
    }

    private static LogPosition[] Positions(IReadOnlyList<EntryPayload> entries, EntryId[] ids, int count)
    {
        var positions = new LogPosition[count];
        var at = 0;
        for (var entry = 0; entry < ids.Length; entry++)
        {
            for (var i = 0; i < entries[entry].Events; i++)
            {
                positions[at++] = ids[entry].At(i);
            }
        }

        return positions;
    }

    private async Task<EntryId[]> IdsAsync(Task<RedisValue>[] adds)
    {
        var ids = new EntryId[adds.Length];
        try
        {
            for (var i = 0; i < adds.Length; i++)
            {
                ids[i] = EntryId.Parse(((string?)await adds[i].ConfigureAwait(false))!);
            }
        }
        catch (RedisServerException exception)
        {
            // The key of the log is no stream, for example. The marker has moved on, the log has not: the batch needs a new number.
            throw new LogUnavailableException($"Redis at {Endpoints} refuses: {exception.Message}", exception) { WasRefused = true };
        }

        return ids;
    }
}
