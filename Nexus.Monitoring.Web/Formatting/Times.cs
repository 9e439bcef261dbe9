using System.Globalization;

namespace Nexus.Monitoring.Web.Formatting;

/// <summary>
/// Times of day in the zone that this viewer chose; the date is added where it is not today's. One for each circuit: a component has it
/// as <c>Times</c>, a text that circuits share is a <see cref="Wording"/>.
/// </summary>
public sealed class Times
{
    /// <summary>For who has not chosen.</summary>
    public static Times Utc { get; } = new();

    /// <summary>The zone that all times are shown in.</summary>
    public TimeZoneInfo Zone { get; init; } = TimeZoneInfo.Utc;

    /// <summary>For a heading or behind a time: <c>UTC</c>, <c>Berlin</c>.</summary>
    public string ZoneName => Zone == TimeZoneInfo.Utc ? "UTC" : Zone.Id[(Zone.Id.LastIndexOf('/') + 1)..].Replace('_', ' ');

    /// <summary>The same instant on the wall clock of the zone.</summary>
    public DateTime Local(DateTimeOffset time) => TimeZoneInfo.ConvertTime(time, Zone).DateTime;

    /// <summary>
    /// The instant at which the wall clock of the zone shows <paramref name="local"/>: the first one where it does so twice, and the next
    /// moment that exists where it was skipped.
    /// </summary>
    public DateTimeOffset Instant(DateTime local)
    {
        local = DateTime.SpecifyKind(local, DateTimeKind.Unspecified);
        while (Zone.IsInvalidTime(local))
        {
            local = local.AddMinutes(1);
        }

        var offset = Zone.IsAmbiguousTime(local) ? Zone.GetAmbiguousTimeOffsets(local).Max() : Zone.GetUtcOffset(local);
        return new DateTimeOffset(local, offset).ToUniversalTime();
    }

    public string Clock(DateTimeOffset time) => Format(time, "HH:mm:ss");

    /// <summary>With the date in front when <paramref name="time"/> is not on the day of <paramref name="now"/>.</summary>
    public string Clock(DateTimeOffset time, DateTimeOffset now) =>
        Local(time).Date == Local(now).Date ? Clock(time) : Format(time, "d MMM HH:mm:ss");

    public string Minute(DateTimeOffset time) => Format(time, "HH:mm");

    /// <summary>For event lists: <c>12:03:10.283</c>.</summary>
    public string Milliseconds(DateTimeOffset time) => Format(time, "HH:mm:ss.fff");

    public string Date(DateTimeOffset time) => Format(time, "d MMM yyyy");

    /// <summary>ISO 8601 in UTC with microseconds, as on the wire; for tooltips and <c>datetime</c> attributes.</summary>
    public static string Iso(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);

    private string Format(DateTimeOffset time, string format) => Local(time).ToString(format, CultureInfo.InvariantCulture);
}
