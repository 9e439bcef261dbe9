using Nexus.Monitoring.Contracts.Log;
using StackExchange.Redis;

namespace Nexus.Monitoring.Client.Redis;

/// <summary>
/// Keeps the log at about so many events. Redis can only bound the number of entries, which hold one event or many, so producers count
/// events, note at every sixteenth part of the bound which entry it was, and drop what lies further back than the bound and is not held
/// (<see cref="LogHolds"/>), or further back than it may be held.
/// </summary>
internal static class LogBound
{
    private const int Parts = 16;

    /// <summary>To be called after an append; it does something when that crossed a sixteenth part.</summary>
    /// <param name="database">Where the log is.</param>
    /// <param name="counting">Answers how many events were ever appended, with these.</param>
    /// <param name="entries">What was appended.</param>
    /// <param name="ids">The ids of these entries.</param>
    /// <param name="bound">Events that the log keeps.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <remarks>Nothing depends on it: what fails is made up for by the next that crosses one, whoever it is.</remarks>
    public static async Task KeepAsync(
        IDatabase database, Task<long> counting, IReadOnlyList<EntryPayload> entries, EntryId[] ids, int bound, CancellationToken cancellationToken)
    {
        try
        {
            var count = await counting.ConfigureAwait(false);
            if (Marks(count, entries, ids, (bound + Parts - 1) / Parts) is { Length: > 0 } marks)
            {
                await MarkAndTrimAsync(database, marks, count, bound, ids[^1].Milliseconds).NotForgottenAsync(cancellationToken).ConfigureAwait(false);
            }
        }
        catch (Exception exception) when (exception is RedisServerException || RedisFailure.IsAway(exception, cancellationToken))
        {
            // The events are in the log, which is all that was asked for.
        }
    }

    /// <summary>The entries that crossed a part, with the count that each ended with.</summary>
    private static SortedSetEntry[] Marks(long count, IReadOnlyList<EntryPayload> entries, EntryId[] ids, int part)
    {
        var marks = new List<SortedSetEntry>();
        for (var i = entries.Count - 1; i >= 0; i--)
        {
            var before = count - entries[i].Events;
            if (count / part != before / part)
            {
                marks.Add(new SortedSetEntry(ids[i].ToString(), count));
            }

            count = before;
        }

        return [.. marks];
    }

    private static async Task MarkAndTrimAsync(IDatabase database, SortedSetEntry[] marks, long count, int bound, ulong nowMilliseconds)
    {
        await database.SortedSetAddAsync(LogKeys.EventMarks, marks).ConfigureAwait(false);
        var past = await database.SortedSetRangeByScoreWithScoresAsync(
            LogKeys.EventMarks, stop: count - bound, order: Order.Descending).ConfigureAwait(false);
        if (past.Length == 0)
        {
            return;
        }

        var held = await LogHolds.OldestAsync(database, nowMilliseconds).ConfigureAwait(false);
        foreach (var mark in past.Where(mark => mark.Score <= count - ((long)bound * LogHolds.Bounds) || !IsHeld(mark.Element, held)).Take(1))
        {
            await database.StreamTrimByMinIdAsync(LogKeys.Log, mark.Element).ConfigureAwait(false);
            await database.SortedSetRemoveRangeByScoreAsync(
                LogKeys.EventMarks, double.NegativeInfinity, mark.Score, Exclude.Stop).ConfigureAwait(false);
        }
    }

    /// <summary>Whether something that lies before an entry has to stay. What is no entry is Redis's to judge.</summary>
    private static bool IsHeld(RedisValue entry, EntryId? held) =>
        held is { } last && LogPosition.TryParse((string?)entry, out var id) && id > new LogPosition(last.Milliseconds, last.Sequence);
}
