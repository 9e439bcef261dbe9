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

    /// <summary>Not written yet; as many as a batch has events.</summary>
    private List<RunSpan> _new = [];

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
        _new.Add(new RunSpan(run, ms, upto));
    }

    /// <summary>Gives away what is new.</summary>
    public IReadOnlyList<RunSpan> Take()
    {
        var spans = _new;
        _new = [];
        return spans;
    }

    private readonly record struct Known(long FirstMs, long UptoMs);
}
