using System.Globalization;
using Nexus.Monitoring.Contracts.Log;
using StackExchange.Redis;

namespace Nexus.Monitoring.Client.Redis;

/// <summary>
/// What must not be dropped yet, because somebody who keeps everything has come only so far: a storm may be faster than a history is written.
/// Each holder says so again and again; one that is silent holds nothing. All times are the log's own.
/// </summary>
public static class LogHolds
{
    /// <summary>In bounds of the log (<see cref="MonitoringOptions.LogMaxLength"/>), how long it may be for who has not read it yet.</summary>
    internal const int Bounds = 4;

    /// <summary>Entries after which Redis itself drops the oldest, held or not, also for producers that do not count events.</summary>
    /// <param name="bound">Events that the log keeps, 1 or more.</param>
    public static int MostEntries(int bound) => (int)Math.Min((long)bound * Bounds, int.MaxValue);

    /// <summary>Holds everything after a position, in the place of what the holder held before.</summary>
    /// <param name="database">Where the log is.</param>
    /// <param name="holder">Who holds it; not empty, and nobody else's.</param>
    /// <param name="upto">Up to here it may be dropped, inclusive.</param>
    /// <param name="until">Until when, by the log's clock.</param>
    /// <exception cref="RedisException">Redis refuses or does not answer.</exception>
    public static Task HoldAsync(IDatabase database, string holder, LogPosition upto, DateTimeOffset until) =>
        database.HashSetAsync(
            LogKeys.Held, holder, string.Create(CultureInfo.InvariantCulture, $"{upto} {until.ToUnixTimeMilliseconds()}"));

    /// <returns>The last entry that nobody holds; null when nobody holds any.</returns>
    internal static async Task<EntryId?> OldestAsync(IDatabase database, ulong nowMilliseconds)
    {
        LogPosition? oldest = null;
        foreach (var hold in await database.HashGetAllAsync(LogKeys.Held).ConfigureAwait(false))
        {
            if (Read(hold.Value) is not { } read || read.Until < nowMilliseconds)
            {
                await database.HashDeleteAsync(LogKeys.Held, hold.Name).ConfigureAwait(false);
            }
            else if (oldest is null || read.Upto < oldest)
            {
                oldest = read.Upto;
            }
        }

        return oldest is { } position ? EntryId.Of(position) : null;
    }

    private static (LogPosition Upto, ulong Until)? Read(RedisValue value) =>
        ((string?)value)?.Split(' ') is [var position, var until]
            && LogPosition.TryParse(position, out var upto)
            && ulong.TryParse(until, NumberStyles.None, CultureInfo.InvariantCulture, out var untilMilliseconds)
            ? (upto, untilMilliseconds)
            : null;
}
