using System.Globalization;

namespace Nexus.Monitoring.Web.Formatting;

/// <summary>Times of day in UTC; the date is added where it is not today's.</summary>
public static class Times
{
    public static string Clock(DateTimeOffset time) => Format(time, "HH:mm:ss");

    /// <summary>With the date in front when <paramref name="time"/> is not on the day of <paramref name="now"/>.</summary>
    public static string Clock(DateTimeOffset time, DateTimeOffset now) =>
        time.UtcDateTime.Date == now.UtcDateTime.Date ? Clock(time) : Format(time, "d MMM HH:mm:ss");

    public static string Minute(DateTimeOffset time) => Format(time, "HH:mm");

    /// <summary>For event lists: <c>12:03:10.283</c>.</summary>
    public static string Milliseconds(DateTimeOffset time) => Format(time, "HH:mm:ss.fff");

    public static string Date(DateTimeOffset time) => Format(time, "d MMM yyyy");

    /// <summary>ISO 8601 with microseconds, as on the wire; for tooltips and <c>datetime</c> attributes.</summary>
    public static string Iso(DateTimeOffset time) => Format(time, "yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'");

    private static string Format(DateTimeOffset time, string format) =>
        time.UtcDateTime.ToString(format, CultureInfo.InvariantCulture);
}
