using Nexus.Monitoring.Contracts.Log;
using StackExchange.Redis;

namespace Nexus.Monitoring.Client.Redis;

/// <summary>
/// Keeps the log at about so many events. Redis can only bound the number of entries, which hold one event or many, so producers count
/// events, note at every sixteenth part of the bound which entry it was, and drop what lies further back than the bound.
/// </summary>
internal static class LogBound
{
    private const int Parts = 16;

    /// <summary>To be called after an append; it does something when that crossed a sixteenth part.</summary>
    /// <param name="database">Where the log is.</param>
    /// <param name="count">Events ever appended, with these.</param>
    /// <param name="added">How many these are.</param>
    /// <param name="last">The entry with the last of them.</param>
    /// <param name="bound">Events that the log keeps.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <remarks>Nothing depends on it: what fails is made up for by the next that crosses one, whoever it is.</remarks>
    public static async Task KeepAsync(
        IDatabase database, long count, int added, EntryId last, int bound, CancellationToken cancellationToken)
    {
        var part = (bound + Parts - 1) / Parts;
        if (count / part == (count - added) / part)
        {
            return;
        }

        try
        {
            await MarkAndTrimAsync(database, count, last, bound).NotForgottenAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is RedisServerException || RedisFailure.IsAway(exception, cancellationToken))
        {
            // The events are in the log, which is all that was asked for.
        }
    }

    private static async Task MarkAndTrimAsync(IDatabase database, long count, EntryId last, int bound)
    {
        await database.SortedSetAddAsync(LogKeys.EventMarks, last.ToString(), count).ConfigureAwait(false);
        var past = await database.SortedSetRangeByScoreWithScoresAsync(
            LogKeys.EventMarks, stop: count - bound, order: Order.Descending, take: 1).ConfigureAwait(false);
        foreach (var mark in past)
        {
            await database.StreamTrimByMinIdAsync(LogKeys.Log, mark.Element).ConfigureAwait(false);
            await database.SortedSetRemoveRangeByScoreAsync(
                LogKeys.EventMarks, double.NegativeInfinity, mark.Score, Exclude.Stop).ConfigureAwait(false);
        }
    }
}
