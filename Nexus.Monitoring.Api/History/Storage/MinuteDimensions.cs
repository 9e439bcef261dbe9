using Nexus.Monitoring.Api.History.Reading;
using Nexus.Monitoring.Contracts.Query;

namespace Nexus.Monitoring.Api.History.Storage;

/// <summary>By what whole minutes are counted.</summary>
internal static class MinuteDimensions
{
    /// <summary>What the times of a table are counted by; the one with fewest rows first.</summary>
    private static readonly (string Table, string[] Fields)[] Times =
    [
        ("minute_task_times", ["task_type", "phase"]),
        ("minute_project_times", ["project_id"]),
        ("minute_worker_times", ["worker_id"]),
    ];

    /// <summary>What events are counted by.</summary>
    public static IReadOnlyCollection<string> OfEvents { get; } = ["project_id", "event_type", "task_type", "phase"];

    /// <summary>What the times of task types in their phases are counted by.</summary>
    public static IReadOnlyCollection<string> OfTasks => Times[0].Fields;

    /// <summary>What the work of workers is counted by.</summary>
    public static IReadOnlyCollection<string> OfWorkers => Times[2].Fields;

    /// <summary>All tables of whole minutes.</summary>
    public static IReadOnlyList<string> Tables { get; } = ["minutes", .. Times.Select(one => one.Table), "minute_workers"];

    /// <summary>Where the times are that match a query, for each value of a field; null where they are not counted by both.</summary>
    public static string? TableOfTimes(string? field, EventQuery query) => Times
        .FirstOrDefault(one => (field is null || one.Fields.Contains(field)) && QueryFields.AreWithin(query, one.Fields)).Table;
}
