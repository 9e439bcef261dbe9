using System.Globalization;
using Nexus.Monitoring.Contracts.Log;

namespace Nexus.Monitoring.Web.TimeMachine;

/// <summary>An instant as it stands in an address: a time, or the cursor of the last event that belongs to it.</summary>
internal readonly record struct TimeAddress(DateTimeOffset Time, LogPosition? Position = null)
{
    public const string Parameter = "at";

    private const string Format = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";

    public static TimeAddress Of(LogPosition position) => new(position.Time, position);

    /// <summary>Reads what <see cref="ToString"/> wrote, or any ISO 8601 time.</summary>
    public static TimeAddress? Parse(string? text) =>
        string.IsNullOrEmpty(text) ? null
        : LogPosition.TryParse(text, out var position) && text.Contains('-', StringComparison.Ordinal) ? Of(position)
        : DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time)
            ? new TimeAddress(time)
        : null;

    public override string ToString() => Position?.ToString() ?? Time.UtcDateTime.ToString(Format, CultureInfo.InvariantCulture);
}
