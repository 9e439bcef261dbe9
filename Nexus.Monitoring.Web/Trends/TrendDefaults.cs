using Nexus.Monitoring.Web.Pages;

namespace Nexus.Monitoring.Web.Trends;

internal static class TrendDefaults
{
    public static TimeRange Range { get; } = TimeRange.Read("1h", null, null);

    /// <summary>What lines can be drawn for.</summary>
    public static IReadOnlyList<(string Value, string Text)> Splits { get; } =
        [("", "All"), ("project", "By project"), ("task_type", "By type"), ("phase", "By phase"), ("worker", "By worker")];
}
