using System.Text.Json.Serialization;

namespace Nexus.Monitoring.Contracts.State;

/// <summary>Figures of one project, or of everything.</summary>
public sealed class ProjectState : StateEntry
{
    /// <summary>The project; null for everything.</summary>
    public string? ProjectId { get; init; }

    /// <summary>Its tasks.</summary>
    [JsonInclude]
    public TaskCounts Tasks { get; internal set; } = new();

    /// <summary>Its last quarter of an hour.</summary>
    [JsonInclude]
    public LiveSeries Series { get; internal set; } = new();

    /// <summary>When something was last heard of it, by the log's clock.</summary>
    [JsonInclude]
    public DateTimeOffset UpdatedAt { get; internal set; }
}
