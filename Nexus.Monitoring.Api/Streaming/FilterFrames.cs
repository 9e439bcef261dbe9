using Nexus.Monitoring.Contracts.Filters;
using Nexus.Monitoring.Contracts.Frames;
using Nexus.Monitoring.Contracts.Log;

namespace Nexus.Monitoring.Api.Streaming;

internal static class FilterFrames
{
    /// <summary>Says which filter holds, and from where.</summary>
    public static FilterFrame Of(EventFilter filter, LogPosition cursor) => new()
    {
        ProjectId = NullIfEmpty(filter.ProjectIds),
        TaskId = NullIfEmpty(filter.TaskIds),
        EventTypes = NullIfEmpty(filter.EventTypes),
        StatsOnly = filter.StatsOnly ? true : null,
        Q = filter.Query.MatchesAll ? null : filter.Query.ToString(),
        Cursor = cursor,
    };

    private static IReadOnlyList<string>? NullIfEmpty(IReadOnlyList<string> values) => values.Count > 0 ? values : null;
}
