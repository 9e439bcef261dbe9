using Nexus.Monitoring.Web.Formatting;

namespace Nexus.Monitoring.Web.Charts;

/// <summary>Values of charts as words; the browser has the same in chart-format.js.</summary>
internal static class ChartWords
{
    public static string Name(this ChartUnit unit) => unit switch
    {
        ChartUnit.Seconds => "seconds",
        ChartUnit.PerSecond => "perSecond",
        ChartUnit.PerMinute => "perMinute",
        ChartUnit.Percent => "percent",
        _ => "count",
    };

    public static string Name(this ChartKind kind) => kind switch
    {
        ChartKind.Bands => "bands",
        ChartKind.Lines => "lines",
        ChartKind.Heat => "heat",
        _ => "stack",
    };

    public static string Value(this ChartUnit unit, double value) => double.IsNaN(value) ? "–" : unit switch
    {
        ChartUnit.Seconds => Durations.Text(TimeSpan.FromSeconds(value)),
        ChartUnit.PerSecond => Numbers.PerSecond(value).ToString(),
        ChartUnit.PerMinute => Numbers.Rate(value).ToString(),
        ChartUnit.Percent => Numbers.Percent(value).ToString(),
        _ => Numbers.Whole((long)Math.Round(value)),
    };
}
