namespace Nexus.Monitoring.Contracts.Query;

/// <summary>A moment: fixed, or relative to when the query is compiled.</summary>
/// <param name="At">The moment in UTC; null when it is relative.</param>
/// <param name="FromNow">Else how far from now; negative in the past.</param>
public sealed record TimeValue(DateTimeOffset? At, TimeSpan FromNow = default) : QueryValue
{
    /// <summary>The moment, in UTC; one beyond the calendar is its first or last moment.</summary>
    /// <param name="now">What is now.</param>
    public DateTimeOffset Resolve(DateTimeOffset now)
    {
        if (At is { } fixedMoment)
        {
            return fixedMoment;
        }

        var ticks = Math.Clamp(now.UtcTicks + (decimal)FromNow.Ticks, DateTimeOffset.MinValue.UtcTicks, DateTimeOffset.MaxValue.UtcTicks);
        return new DateTimeOffset((long)ticks, TimeSpan.Zero);
    }
}
