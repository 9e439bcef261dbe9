namespace Nexus.Monitoring.Api.History.Storage;

/// <summary>By what whole minutes are counted: the name in questions, and the column as text.</summary>
internal static class MinuteDimensions
{
    public static IReadOnlyList<(string Name, string Column)> All { get; } =
        [("project", "project_id"), ("task_type", "task_type"), ("phase", "phase"), ("worker", "worker_id::VARCHAR")];
}
