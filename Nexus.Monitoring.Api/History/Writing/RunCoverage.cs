using DuckDB.NET.Data;

namespace Nexus.Monitoring.Api.History.Writing;

/// <summary>
/// Which times of runs are stored in <c>run_spans</c>. A span goes beyond the event that made it, the further the longer the run has gone
/// on, so that a run has a handful of them however often is committed. Knows the runs that were heard of last
/// (<see cref="RecentMap{T}"/>); one that it has forgotten gets one span more. Not thread-safe.
/// </summary>
internal sealed class RunCoverage
{
    /// <summary>A span reaches on for a quarter of what there was before it, and that much may be looked through in vain.</summary>
    private const int Part = 4;

    private readonly RecentMap<Known> _runs = new();

    /// <summary>Not written yet; as many as a transaction has events.</summary>
    private readonly List<(string Run, long FirstMs, long LastMs)> _new = [];

    /// <summary>Takes an event of a run into account, which was appended at that millisecond.</summary>
    public void Add(string run, long ms)
    {
        var id = IdHash.Whole(run);
        var known = _runs.Find(id);
        if (known is { } span && ms <= span.UptoMs)
        {
            return;
        }

        var first = known?.FirstMs ?? ms;
        var upto = ms + Math.Max(MinuteCounts.Minute, (ms - first) / Part);
        _runs.Set(id, new Known(first, upto));
        _new.Add((run, ms, upto));
    }

    /// <summary>Writes what is new, within the transaction of the connection.</summary>
    public void Write(DuckDBConnection connection)
    {
        using var spans = connection.CreateAppender("run_spans");
        foreach (var (run, first, last) in _new)
        {
            spans.CreateRow().AppendValue(run).AppendValue(first).AppendValue(last).EndRow();
        }

        _new.Clear();
    }

    private readonly record struct Known(long FirstMs, long UptoMs);
}
