using System.Globalization;

namespace Nexus.Monitoring.Web.Trends;

public readonly record struct TrendPeriod(DateTimeOffset From, DateTimeOffset To)
{
    private const char Apart = '_';

    public TimeSpan Length => To - From;

    /// <summary>The one to compare with: just before, the same hours of another day, or any other.</summary>
    /// <param name="before"><c>day</c>, <c>week</c> or what <see cref="InAddress"/> wrote; anything else means just before.</param>
    public TrendPeriod Before(string? before)
    {
        if (Read(before) is { } own)
        {
            return own;
        }

        var shift = before switch
        {
            "day" => TimeSpan.FromDays(1),
            "week" => TimeSpan.FromDays(7),
            _ => Length,
        };
        return new TrendPeriod(From - shift, To - shift);
    }

    /// <summary>A period as one word of an address.</summary>
    public static string InAddress(DateTimeOffset from, DateTimeOffset to) => $"{TrendScope.Time(from)}{Apart}{TrendScope.Time(to)}";

    /// <summary>Null for what <see cref="InAddress"/> did not write.</summary>
    public static TrendPeriod? Read(string? text) =>
        text?.Split(Apart) is [var first, var second] && Time(first) is { } from && Time(second) is { } to && from < to ? new TrendPeriod(from, to) : null;

    private static DateTimeOffset? Time(string text) => DateTimeOffset.TryParse(
        text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time) ? time : null;

    /// <summary>Moved by a part of its length, or that much wider on both sides together.</summary>
    public TrendPeriod Move(double part) => new(From + (Length * part), To + (Length * part));

    public TrendPeriod Zoom(double factor)
    {
        var (middle, half) = (From + (Length / 2), Length * factor / 2);
        return new TrendPeriod(middle - half, middle + half);
    }
}
