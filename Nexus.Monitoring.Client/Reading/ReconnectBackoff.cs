namespace Nexus.Monitoring.Client.Reading;

/// <summary>
/// How long to wait before the next attempt: at once after a connection was lost, then doubling from half a second to 15 s. Half of it is
/// random, so that the clients of a node that went down do not all come back in the same moment.
/// </summary>
internal static class ReconnectBackoff
{
    private static readonly TimeSpan First = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(15);

    /// <param name="failedAttempts">Failures since the last connection, from 1.</param>
    /// <param name="random">From 0 up to 1.</param>
    public static TimeSpan DelayAfter(int failedAttempts, double random)
    {
        var full = First * Math.Pow(2, Math.Min(failedAttempts - 1, 20));
        full = full < Longest ? full : Longest;
        return full * (0.5 + (random / 2));
    }
}
