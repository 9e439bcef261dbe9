using System.Globalization;

namespace Nexus.Monitoring.Web.Formatting;

/// <summary>Thin space for thousands, decimal point, a space before the unit.</summary>
public static class Numbers
{
    private static readonly NumberFormatInfo Format = new() { NumberGroupSeparator = Spaces.Thin.ToString(), NumberDecimalDigits = 0 };

    public static string Whole(long value) => value.ToString("N0", Format);

    /// <summary>A share between 0 and 1: <c>3.8 %</c>, from 10 % on without decimals.</summary>
    public static Quantity Percent(double share)
    {
        var percent = share * 100;
        return new(percent is > 0 and < 9.95 ? Tenths(percent) : Whole((long)Math.Round(percent)), "%");
    }

    /// <summary>Per minute; what happens less than once a minute is told per hour.</summary>
    public static Quantity Rate(double perMinute) => perMinute switch
    {
        <= 0 => new("0", "/min"),
        < 1 => new(Short(perMinute * 60), "/h"),
        _ => new(Short(perMinute), "/min"),
    };

    /// <summary>Per second, for streams: <c>4.6 /s</c>.</summary>
    public static Quantity PerSecond(double perSecond) => new(Short(perSecond), "/s");

    public static string Plural(long count, string one, string many) => $"{Whole(count)} {(count == 1 ? one : many)}";

    private static string Short(double value) => value is > 0 and < 99.95 and not (>= 9.95 and < 10)
        ? Trimmed(value)
        : Whole((long)Math.Round(value));

    private static string Trimmed(double value) => value.ToString("0.#", CultureInfo.InvariantCulture);

    private static string Tenths(double value) => value.ToString("0.0", CultureInfo.InvariantCulture);
}
