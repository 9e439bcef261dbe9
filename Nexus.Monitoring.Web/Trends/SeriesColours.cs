using Nexus.Monitoring.Web.Board;
using Nexus.Monitoring.Web.Charts;

namespace Nexus.Monitoring.Web.Trends;

/// <summary>A colour for each line: task types have theirs on every view, others take them in order.</summary>
internal static class SeriesColours
{
    public const string Unnamed = "without";

    public const string Other = "other";

    public static ChartSeries Of(string? key, int index, string? by) => new(
        key is null ? $"{Unnamed} {by?.Replace('_', ' ')}" : by == "worker" ? $"worker {key}" : key,
        by == "task_type" ? TaskTypes.Token(key)
            : key is null || index >= TaskTypes.Colours ? "--nx-cat-other"
            : by is null ? "--nx-cat-4"
            : $"--nx-cat-{index + 1}");
}
