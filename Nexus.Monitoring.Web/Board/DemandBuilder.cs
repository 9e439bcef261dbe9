using Nexus.Monitoring.Contracts.State;
using Nexus.Monitoring.Web.Charts;

namespace Nexus.Monitoring.Web.Board;

/// <summary>What waits, type by type.</summary>
internal static class DemandBuilder
{
    /// <summary>Open tasks that are looked at; beyond that the reported depths have to do.</summary>
    private const int MaxTasks = 20_000;

    /// <summary>Rows; types beyond that are the quietest.</summary>
    private const int MaxRows = 24;

    public static IReadOnlyList<DemandRow> Build(LiveState state, BoardHistory history, string? project, ChartModel depths, DateTimeOffset now)
    {
        var waiting = new Dictionary<string, (long Count, DateTimeOffset Oldest)>(StringComparer.Ordinal);
        foreach (var task in state.OpenTasks.Take(MaxTasks))
        {
            if (task is { WaitingSince: { } since, TaskType: { } type } && (project is null || task.ProjectId == project))
            {
                var known = waiting.GetValueOrDefault(type, (0, since));
                waiting[type] = (known.Count + 1, since < known.Oldest ? since : known.Oldest);
            }
        }

        var reported = project is null ? state.Queues.ByTaskType : new Dictionary<string, long>();
        return
        [
            .. waiting.Keys.Union(reported.Keys).Union(history.DemandTypes(project))
                .Select(type => new DemandRow(
                    type,
                    waiting.TryGetValue(type, out var counted) ? Math.Max(counted.Count, reported.GetValueOrDefault(type)) : reported.GetValueOrDefault(type),
                    waiting.TryGetValue(type, out var oldest) ? oldest.Oldest : null,
                    history.Enqueued.Sum(BoardHistory.DemandKey(project, type), now) / history.Enqueued.Window.TotalMinutes,
                    history.Begun.Sum(BoardHistory.DemandKey(project, type), now) / history.Begun.Window.TotalMinutes,
                    project is null ? Depth(depths, type) : []))
                .OrderByDescending(row => row.Waiting + row.InPerMinute + row.OutPerMinute)
                .Take(MaxRows)
                .OrderBy(row => TaskTypes.Order(row.TaskType))
                .ThenBy(row => row.TaskType, StringComparer.Ordinal),
        ];
    }

    private static float[] Depth(ChartModel depths, string type)
    {
        var series = depths.Series.ToList().FindIndex(entry => entry.Name == type);
        return series < 0 ? [] : Sparks.Thin([.. depths.Points.Select(point => point.Values[series])]);
    }
}
