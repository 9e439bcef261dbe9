using System.Globalization;

namespace Nexus.Monitoring.Web.Formatting;

/// <summary><c>812 B</c>, <c>1.4 kB</c>, <c>38 MB</c>: powers of a thousand, one decimal under ten.</summary>
public static class Sizes
{
    private static readonly string[] Units = ["B", "kB", "MB", "GB", "TB"];

    public static string Text(long bytes)
    {
        double value = bytes;
        var unit = 0;
        // What rounds to a thousand belongs to the next unit.
        while (unit < Units.Length - 1 && Math.Round(value) >= 1000)
        {
            value /= 1000;
            unit++;
        }

        return $"{value.ToString(unit > 0 && value < 9.95 ? "0.0" : "0", CultureInfo.InvariantCulture)}{Spaces.NoBreak}{Units[unit]}";
    }
}
