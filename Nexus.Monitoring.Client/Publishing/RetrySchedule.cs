namespace Nexus.Monitoring.Client.Publishing;

/// <summary>
/// When a failed attempt is repeated: a fixed number of times after a fixed delay, then with doubling delays up to a cap. The cap is
/// short, because what waits for the end of an outage is people who want to see what goes on.
/// </summary>
internal sealed class RetrySchedule(int attempts, TimeSpan delay)
{
    private static readonly TimeSpan LongestGrownDelay = TimeSpan.FromSeconds(5);

    /// <summary>Whether this many failures in a row count as an outage rather than a hiccup.</summary>
    public bool IsOutage(int failures) => failures > attempts;

    /// <summary>How long to wait after the <paramref name="failures"/>th failure in a row, counted from 1.</summary>
    public TimeSpan DelayAfter(int failures)
    {
        var doublings = Math.Clamp(failures - attempts, 0, 30);
        var cap = delay > LongestGrownDelay ? delay : LongestGrownDelay;
        var grown = delay * Math.Pow(2, doublings);
        return grown < cap ? grown : cap;
    }
}
