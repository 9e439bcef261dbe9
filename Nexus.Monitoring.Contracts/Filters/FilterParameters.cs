namespace Nexus.Monitoring.Contracts.Filters;

/// <summary>Names of the query parameters of a filter, the same on every transport.</summary>
public static class FilterParameters
{
    /// <summary>A project; may be repeated.</summary>
    public const string ProjectId = "project_id";

    /// <summary>A task or run; may be repeated.</summary>
    public const string TaskId = "task_id";

    /// <summary>Types, separated by commas; may be repeated.</summary>
    public const string EventTypes = "event_types";

    /// <summary>Another name of <see cref="EventTypes"/>.</summary>
    public const string Types = "types";

    /// <summary><c>true</c> or <c>false</c>.</summary>
    public const string StatsOnly = "stats_only";

    /// <summary>A query (docs/query.md).</summary>
    public const string Query = "q";
}
