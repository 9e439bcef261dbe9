using Nexus.Monitoring.Contracts.History;

namespace Nexus.Monitoring.Api.History.Reading;

/// <summary>What is remembered of one database: in another file there are other events at the same positions.</summary>
internal sealed class ToldRows
{
    /// <summary>Tasks by the events that ended them.</summary>
    public RecentRows<TaskRow> Tasks { get; } = new();

    /// <summary>Attempts by their ends.</summary>
    public RecentRows<SlowAttempt> Attempts { get; } = new();
}
