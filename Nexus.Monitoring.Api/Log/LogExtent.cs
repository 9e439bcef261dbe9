using Nexus.Monitoring.Contracts.Log;

namespace Nexus.Monitoring.Api.Log;

/// <summary>How much a log holds, and has ever held.</summary>
/// <param name="Length">Entries that are there.</param>
/// <param name="Added">Entries that were ever appended; null when the server does not count them.</param>
/// <param name="Last">Where the entry ends at the latest that was appended last, whether it is there or not.</param>
/// <param name="Events">About how many events the entries hold.</param>
internal readonly record struct LogExtent(long Length, long? Added, LogPosition Last, long Events)
{
    /// <summary>Shorter logs are never trimmed: producers keep at least as many events.</summary>
    private const long SmallestTrimmed = 1000;

    /// <summary>Trimming happens in whole parts of the stream, so a trimmed log breathes a little.</summary>
    private const double TrimSlack = 0.9;

    /// <summary>Where that entry begins; who has read so far has read some of it.</summary>
    public LogPosition LastEntry => EntryId.Of(Last).At(0);

    /// <summary>Whether every entry that was ever appended is still there.</summary>
    public bool IsComplete => Added == Length;

    /// <summary>
    /// Whether a log of this extent, in which an entry that we have read is missing, can have been <paramref name="before"/> earlier, with
    /// nothing but appending and trimming in between. Without the server's count it is a judgement by length: trimming never makes a log
    /// much shorter.
    /// </summary>
    public bool CanContinue(LogExtent before) => Added is { } added && before.Added is { } addedBefore
        ? !IsComplete && Length > 0 && added >= addedBefore
        : Length > 0 && Events >= Math.Max(SmallestTrimmed, before.Events * TrimSlack);

    /// <summary>Counts entries that were read to their end and lie after <see cref="Last"/>: they have come on top.</summary>
    public LogExtent With(RawPage read)
    {
        if (read.Count == 0 || read[^1].Position <= Last)
        {
            return this;
        }

        var more = 0;
        for (var i = read.Count - 1; i >= 0 && read[i].Position > Last; i--)
        {
            more += read[i].EndsEntry ? 1 : 0;
        }

        return this with { Added = Added + more, Last = read[^1].Position };
    }
}
