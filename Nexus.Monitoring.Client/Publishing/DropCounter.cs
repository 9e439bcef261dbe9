namespace Nexus.Monitoring.Client.Publishing;

/// <summary>Counts dropped events by reason, and what of it has not been reported yet. Not thread-safe: its owner locks.</summary>
internal sealed class DropCounter
{
    private readonly long[] _total = new long[DropReasons.All.Length];
    private readonly long[] _reported = new long[DropReasons.All.Length];

    public long Total { get; private set; }

    public long Unreported { get; private set; }

    public void Add(string reason)
    {
        _total[Array.IndexOf(DropReasons.All, reason)]++;
        Total++;
        Unreported++;
    }

    public Dictionary<string, long> Totals() => Positive(_total);

    /// <summary>The counts of the next report; handed to <see cref="MarkReported"/> once the report is in the log.</summary>
    public Dictionary<string, long> UnreportedByReason() => Positive([.. _total.Zip(_reported, (total, reported) => total - reported)]);

    public void MarkReported(IReadOnlyDictionary<string, long> counts)
    {
        foreach (var (reason, count) in counts)
        {
            _reported[Array.IndexOf(DropReasons.All, reason)] += count;
            Unreported -= count;
        }
    }

    private static Dictionary<string, long> Positive(long[] counts)
    {
        var byReason = new Dictionary<string, long>();
        for (var i = 0; i < counts.Length; i++)
        {
            if (counts[i] > 0)
            {
                byReason.Add(DropReasons.All[i], counts[i]);
            }
        }

        return byReason;
    }
}
