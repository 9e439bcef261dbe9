using Nexus.Monitoring.Contracts.Log;
using StackExchange.Redis;

namespace Nexus.Monitoring.Client.Redis;

/// <summary>Finds a batch that is known to be in the log but whose positions got lost with the answer.</summary>
internal static class LogSearch
{
    /// <summary>At a time: some megabytes at most.</summary>
    private const int MostEntries = 100;

    /// <summary>
    /// Looks backwards from the end, where a batch in doubt nearly always is, at most as far as the log may reach. A batch
    /// is appended at once, so its events stand together.
    /// </summary>
    /// <returns>Their positions; empty when they are not there (any more).</returns>
    public static async Task<IReadOnlyList<LogPosition>> FindAsync(
        IDatabase database, IReadOnlyList<ReadOnlyMemory<byte>> events, int logMaxLength, CancellationToken cancellationToken)
    {
        RedisValue upto = "+";
        var found = new LogPosition[events.Count];
        var missing = events.Count;
        for (var seen = 0L; seen < (long)LogHolds.MostEntries(logMaxLength) + MostEntries;)
        {
            var page = await database.StreamRangeAsync(LogKeys.Log, "-", upto, MostEntries, Order.Descending)
                .NotForgottenAsync(cancellationToken).ConfigureAwait(false);
            foreach (var (position, json) in page.SelectMany(entry => entry.ReadEvents().Reverse()))
            {
                seen++;
                if (missing < events.Count && !IsThere(missing, json))
                {
                    // Only the end of it: somebody else appended the same.
                    missing = events.Count;
                }

                if (IsThere(missing, json))
                {
                    found[--missing] = position;
                }

                if (missing == 0)
                {
                    return found;
                }
            }

            if (page.Length < MostEntries)
            {
                break;
            }

            upto = $"({page[^1].Id}";
        }

        return [];

        bool IsThere(int count, ReadOnlyMemory<byte> json) => events[count - 1].Span.SequenceEqual(json.Span);
    }
}
