using System.Globalization;

namespace Nexus.Monitoring.Web.Formatting;

/// <summary><c>431 ms</c>, <c>8.9 s</c>, <c>22 s</c>, <c>4 min 06 s</c>, <c>2 h 05 min</c>, <c>3 d 04 h</c>.</summary>
public static class Durations
{
    public static string Text(TimeSpan duration) => string.Join(' ', Parts(duration)).Replace(' ', Spaces.NoBreak);

    public static string Text(long? milliseconds) =>
        milliseconds is { } value ? Text(TimeSpan.FromMilliseconds(value)) : "";

    /// <summary>Whole seconds: for clocks that tick, where tenths would only flicker.</summary>
    public static string Clock(TimeSpan duration)
    {
        var whole = TimeSpan.FromSeconds(Math.Max(0, Math.Floor(duration.TotalSeconds)));
        return whole < TimeSpan.FromSeconds(10) ? $"{whole.Seconds}{Spaces.NoBreak}s" : Text(whole);
    }

    /// <summary>For estimates: nobody knows the seconds. <c>1 min</c>, <c>35 min</c>, <c>2 h 05 min</c>.</summary>
    public static string About(TimeSpan duration)
    {
        var minutes = Math.Max(1, Math.Round(duration.TotalMinutes));
        return minutes < 60 ? $"{Whole(minutes)}{Spaces.NoBreak}min" : Text(TimeSpan.FromMinutes(minutes));
    }

    public static IReadOnlyList<Quantity> Parts(TimeSpan duration)
    {
        if (duration < TimeSpan.Zero)
        {
            duration = TimeSpan.Zero;
        }

        // Each step is taken on the rounded value, so that 999.6 ms reads "1.0 s" and never "1000 ms".
        var milliseconds = Math.Round(duration.TotalMilliseconds);
        if (milliseconds < 1000)
        {
            return [new(Whole(milliseconds), "ms")];
        }

        var tenths = Math.Round(duration.TotalSeconds, 1);
        if (tenths < 10)
        {
            return [new(tenths.ToString("0.0", CultureInfo.InvariantCulture), "s")];
        }

        var seconds = (long)Math.Round(duration.TotalSeconds);
        return seconds switch
        {
            < 60 => [new(Whole(seconds), "s")],
            < 3600 => [new(Whole(seconds / 60), "min"), new(Padded(seconds % 60), "s")],
            < 86_400 => [new(Whole(seconds / 3600), "h"), new(Padded(seconds / 60 % 60), "min")],
            _ => [new(Numbers.Whole(seconds / 86_400), "d"), new(Padded(seconds / 3600 % 24), "h")],
        };
    }

    private static string Whole(double value) => value.ToString("0", CultureInfo.InvariantCulture);

    private static string Padded(long value) => value.ToString("00", CultureInfo.InvariantCulture);
}
