namespace Nexus.Monitoring.Web.Lanes;

/// <summary>The lanes of all workers at one moment. Immutable, shared by all who look.</summary>
/// <param name="At">The right edge.</param>
/// <param name="Window">How much is shown to the left of it.</param>
/// <param name="KnownSince">What was before is not known here.</param>
/// <param name="First">Number of the first of <paramref name="Ended"/>; they are numbered without a break, so that a browser gets each once.</param>
/// <param name="Ended">What has ended inside the window, in the order in which it ended.</param>
/// <param name="Now">What goes on, and what may still grow.</param>
/// <param name="Utilisation">Per worker the part of the known window in which it had work, 0 to 1.</param>
/// <param name="Types">All task types in it.</param>
public sealed record LaneBoard(
    DateTimeOffset At,
    TimeSpan Window,
    DateTimeOffset KnownSince,
    long First,
    IReadOnlyList<LaneBar> Ended,
    IReadOnlyList<LaneBar> Now,
    IReadOnlyDictionary<int, double> Utilisation,
    IReadOnlyCollection<string> Types)
{
    /// <summary>Which worker was at work on which task type in it.</summary>
    public IReadOnlySet<(int Worker, string TaskType)> Taken { get; init; } = new HashSet<(int, string)>();

    public DateTimeOffset Start => At - Window;

    public double? UtilisationOf(int worker) => Utilisation.TryGetValue(worker, out var part) ? part : null;

    /// <summary>Everything of one worker, the newest first.</summary>
    public IEnumerable<LaneBar> Of(int worker)
    {
        foreach (var bar in Now)
        {
            if (bar.WorkerId == worker)
            {
                yield return bar;
            }
        }

        for (var i = Ended.Count - 1; i >= 0; i--)
        {
            if (Ended[i].WorkerId == worker)
            {
                yield return Ended[i];
            }
        }
    }
}
