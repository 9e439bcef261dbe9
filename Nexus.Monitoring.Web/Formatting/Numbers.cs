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

    /// <summary>Powers of 1024: <c>64 MiB</c>, <c>1.4 GiB</c>.</summary>
    public static Quantity Bytes(long value)
    {
        string[] units = ["B", "KiB", "MiB", "GiB", "TiB"];
        var (size, unit) = ((double)value, 0);
        while (size >= 1023.5 && unit < units.Length - 1)
        {
            (size, unit) = (size / 1024, unit + 1);
        }

        return new(unit == 0 ? Whole(value) : Short(size), units[unit]);
    }

    /// <summary>Per second, for streams: <c>4.6 /s</c>.</summary>
    public static Quantity PerSecond(double perSecond) => new(Short(perSecond), "/s");

    public static string Plural(long count, string one, string many) => $"{Whole(count)} {(count == 1 ? one : many)}";

    private static string Short(double value) => value is > 0 and < 99.95 and not (>= 9.95 and < 10)
        ? Trimmed(value)
        : Whole((long)Math.Round(value));

    private static string Trimmed(double value) => value.ToString("0.#", CultureInfo.InvariantCulture);

    private static string Tenths(double value) => value.ToString("0.0", CultureInfo.InvariantCulture);
}
