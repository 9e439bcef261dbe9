using Nexus.Monitoring.Contracts.Filters;

namespace Nexus.Monitoring.Contracts.Frames;

/// <summary>
/// Sent by a client: replaces its filter without reconnecting. The server answers with the same frame once it holds; a frame it
/// cannot read leaves the old filter in place and is answered with <see cref="Error"/>.
/// </summary>
public sealed record FilterFrame : StreamFrame
{
    /// <summary>Any of these projects; absent for all.</summary>
    public IReadOnlyList<string>? ProjectId { get; init; }

    /// <summary>Any of these tasks or runs; absent for all.</summary>
    public IReadOnlyList<string>? TaskId { get; init; }

    /// <summary>Any of these types; absent for all.</summary>
    public IReadOnlyList<string>? EventTypes { get; init; }

    /// <summary>Only <c>stats_snapshot</c> and <c>queue_depth_update</c>.</summary>
    public bool? StatsOnly { get; init; }

    /// <summary>A query that events have to match besides (docs/query.md); absent for any.</summary>
    public string? Q { get; init; }

    /// <summary>From the server: why the filter was refused.</summary>
    public string? Error { get; init; }

    /// <summary>From the server: the filter holds for everything after this position.</summary>
    public Log.LogPosition? Cursor { get; init; }

    /// <summary>The filter as it crosses the wire: what asks for nothing is absent.</summary>
    public static FilterFrame Of(EventFilter filter)
    {
        ArgumentNullException.ThrowIfNull(filter);
        return new FilterFrame
        {
            ProjectId = NullIfEmpty(filter.ProjectIds),
            TaskId = NullIfEmpty(filter.TaskIds),
            EventTypes = NullIfEmpty(filter.EventTypes),
            StatsOnly = filter.StatsOnly ? true : null,
            Q = filter.Query.MatchesAll ? null : filter.Query.ToString(),
        };
    }

    private static IReadOnlyList<string>? NullIfEmpty(IReadOnlyList<string> values) => values.Count > 0 ? values : null;
}
