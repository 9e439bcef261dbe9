namespace Nexus.Monitoring.Web.Live;

/// <summary>Doubles from half a second to fifteen, with jitter over the upper half; it never gives up.</summary>
internal static class FeedBackoff
{
    public static readonly TimeSpan First = TimeSpan.FromMilliseconds(500);
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(15);

    /// <param name="attempt">From 1.</param>
    /// <param name="random">From 0 to 1.</param>
    public static TimeSpan Delay(int attempt, double random)
    {
        var ceiling = Math.Min(Longest.TotalSeconds, First.TotalSeconds * Math.Pow(2, Math.Min(attempt - 1, 10)));
        return TimeSpan.FromSeconds(ceiling * (0.5 + (random / 2)));
    }
}
