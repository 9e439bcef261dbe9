using System.Diagnostics.CodeAnalysis;

namespace Nexus.Monitoring.Contracts.Query;

/// <summary>A moment: fixed, or relative to when the query is compiled.</summary>
/// <param name="At">The moment in UTC; null when it is relative.</param>
/// <param name="FromNow">Else how far from now; negative in the past.</param>
public sealed record TimeValue(DateTimeOffset? At, TimeSpan FromNow = default) : QueryValue
{
    /// <summary>What is allowed, for people.</summary>
    public const string Allowed = "an ISO 8601 time such as 2026-11-23T12:00:00Z, or a relative one such as -15m";

    /// <summary>Reads a moment as queries do: ISO 8601, in UTC where it names no zone, or relative to now: <c>-15m</c>, <c>now-2h</c>.</summary>
    /// <param name="text">Any text.</param>
    /// <param name="value">The moment, to the microsecond; null when the text is none.</param>
    public static bool TryParse(string text, [NotNullWhen(true)] out TimeValue? value) => (value = QueryValueParser.ReadTime(text)) is not null;

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
