using Nexus.Monitoring.Api.History.Reading;
using Nexus.Monitoring.Api.History.Storage;

namespace Nexus.Monitoring.Api.History.Exports;

/// <summary>The columns of an export, in this order.</summary>
internal static class ExportRows
{
    /// <summary>What people and their tools see: names as on the wire, times as times.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        "cursor", "ts", "event_type", "project_id", "run_id", "parent_task_id", "task_id", "task_type", "phase", "status", "worker_id",
        "retry_count", "duration_ms", "wait_ms", "took_ms", "message", "error", "trace_id", "source",
    ];

    public const int Cursor = 0;
    public const int Timestamp = 1;
    public const int EventType = 2;
    public const int Project = 3;
    public const int Run = 4;
    public const int Task = 6;
    public const int TaskType = 7;
    public const int Phase = 8;
    public const int Worker = 10;
    public const int TookMs = 14;
    public const int Message = 15;
    public const int Error = 16;
    public const int Json = 19;
    public const int Ms = 20;
    public const int Seq = 21;

    /// <summary>What is read for each row, besides that the JSON and the position.</summary>
    public static string Columns => $"{Named}, json, ms, seq";

    /// <summary>The named columns with the JSON as text.</summary>
    public static string WithJsonText => $"{Named}, decode(json) AS json";

    private static string Named => string.Join(", ", Names.Select(name => name switch
    {
        "cursor" => "(ms || '-' || seq) AS cursor",
        // Progress of a phase says how long it has taken too, but ends nothing.
        "took_ms" => $"CASE WHEN took_ms IS NOT NULL OR {AttemptSql.Ends} THEN {AttemptSql.Took} END AS took_ms",
        "parent_task_id" => $"{EventRows.ParentTaskId} AS parent_task_id",
        _ => name,
    }));
}
