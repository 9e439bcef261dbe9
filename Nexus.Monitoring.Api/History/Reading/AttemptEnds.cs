using Nexus.Monitoring.Contracts.Query;

namespace Nexus.Monitoring.Api.History.Reading;

/// <summary>The table <c>attempt_ends</c>, and what it can answer.</summary>
internal static class AttemptEnds
{
    /// <summary>Columns of the table that a query can ask for.</summary>
    public static IReadOnlyCollection<string> Fields { get; } = ["event_type", "project_id", "run_id", "task_type", "phase", "worker_id"];

    /// <summary>Whether a query asks for nothing but columns of the table.</summary>
    public static bool CanAnswer(EventQuery query) => QueryFields.AreWithin(query, Fields);
}
