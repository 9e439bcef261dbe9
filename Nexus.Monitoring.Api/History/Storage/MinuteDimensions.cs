namespace Nexus.Monitoring.Api.History.Storage;

/// <summary>By what the times of whole minutes are counted.</summary>
internal static class MinuteDimensions
{
    /// <summary>Where the times of a dimension are: the table, and its column as text. Without a dimension, what has fewest rows.</summary>
    public static (string Table, string Column) Of(string? dimension) => dimension switch
    {
        "project" => ("minute_project_times", "project_id"),
        "worker" => ("minute_worker_times", "worker_id::VARCHAR"),
        "phase" => ("minute_task_times", "phase"),
        null => ("minute_task_times", "NULL::VARCHAR"),
        _ => ("minute_task_times", "task_type"),
    };

    /// <summary>All tables of whole minutes.</summary>
    public static IReadOnlyList<string> Tables { get; } =
        ["minutes", "minute_task_times", "minute_project_times", "minute_worker_times", "minute_workers"];
}
