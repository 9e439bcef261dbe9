using System.Globalization;
using Nexus.Monitoring.Contracts.Log;
using Nexus.Monitoring.Contracts.Query;

namespace Nexus.Monitoring.Web.TimeMachine;

/// <summary>An instant as it stands in an address: a time, or the cursor of the last event that belongs to it.</summary>
internal readonly record struct TimeAddress(DateTimeOffset Time, LogPosition? Position = null)
{
    public const string Parameter = "at";

    private const string Format = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";

    public static TimeAddress Of(LogPosition position) => new(position.Time, position);

    /// <summary>For people.</summary>
    public const string Allowed = $"a cursor such as 1795435391750-3, {TimeValue.Allowed} is allowed";

    /// <summary>Reads what <see cref="ToString"/> wrote, any ISO 8601 time, or a relative one.</summary>
    public static TimeAddress? Parse(string? text, DateTimeOffset now) =>
        string.IsNullOrEmpty(text) ? null
        : LogPosition.TryParse(text, out var position) && text.Contains('-', StringComparison.Ordinal) ? Of(position)
        : TimeValue.TryParse(text, out var moment) ? new TimeAddress(moment.Resolve(now))
        : null;

    public override string ToString() => Position?.ToString() ?? Time.UtcDateTime.ToString(Format, CultureInfo.InvariantCulture);
}
