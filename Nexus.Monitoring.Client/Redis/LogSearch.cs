using Nexus.Monitoring.Contracts.Log;
using StackExchange.Redis;

namespace Nexus.Monitoring.Client.Redis;

/// <summary>Finds a batch that is known to be in the log but whose positions got lost with the answer.</summary>
internal static class LogSearch
{
    private const int PageSize = 1_000;

    /// <summary>
    /// Looks backwards from the end, where a batch in doubt nearly always is, at most as far as the log is meant to reach. A batch
    /// is one transaction, so its entries stand together.
    /// </summary>
    /// <returns>Their positions; empty when they are not there (any more).</returns>
    public static async Task<IReadOnlyList<LogPosition>> FindAsync(
        IDatabase database, IReadOnlyList<ReadOnlyMemory<byte>> events, int logMaxLength, CancellationToken cancellationToken)
    {
        RedisValue last = events[^1];
        RedisValue upto = "+";
        for (var seen = 0; seen < logMaxLength + PageSize; seen += PageSize)
        {
            var page = await database.StreamRangeAsync(LogKeys.Log, "-", upto, PageSize, Order.Descending)
                .NotForgottenAsync(cancellationToken).ConfigureAwait(false);
            foreach (var entry in page)
            {
                if (entry[LogKeys.EventField] == last)
                {
                    return await ReadBackAsync(database, entry.Id, events, cancellationToken).ConfigureAwait(false);
                }
            }

            if (page.Length < PageSize)
            {
                break;
            }

            upto = $"({page[^1].Id}";
        }

        return [];
    }

    private static async Task<IReadOnlyList<LogPosition>> ReadBackAsync(
        IDatabase database, RedisValue lastId, IReadOnlyList<ReadOnlyMemory<byte>> events, CancellationToken cancellationToken)
    {
        var entries = await database.StreamRangeAsync(LogKeys.Log, "-", lastId, events.Count, Order.Descending)
            .NotForgottenAsync(cancellationToken).ConfigureAwait(false);
        Array.Reverse(entries);
        var isWhole = entries.Length == events.Count
            && entries.Zip(events).All(pair => pair.First[LogKeys.EventField] == pair.Second);
        return isWhole ? [.. entries.Select(entry => LogPosition.Parse(entry.Id!))] : [];
    }
}
