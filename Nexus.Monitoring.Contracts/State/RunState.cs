using System.Text.Json.Serialization;
using Nexus.Monitoring.Contracts.Events;
using Nexus.Monitoring.Contracts.Log;

namespace Nexus.Monitoring.Contracts.State;

/// <summary>What the events have told of one run. All times are the log's clock.</summary>
public sealed class RunState : StateEntry
{
    /// <summary>The run's id: <c>parent_task_id</c> of its tasks.</summary>
    public required string RunId { get; init; }

    /// <summary>The project it belongs to.</summary>
    [JsonInclude]
    public string? ProjectId { get; internal set; }

    /// <summary>What people call it: the message of <c>run_started</c>.</summary>
    [JsonInclude]
    public string? Name { get; internal set; }

    /// <summary><c>processing</c>, <c>completed</c> or <c>failed</c>.</summary>
    [JsonInclude]
    public string Status { get; internal set; } = EventStatuses.Processing;

    /// <summary>When it began; the first event about it when no <c>run_started</c> was seen.</summary>
    [JsonInclude]
    public DateTimeOffset StartedAt { get; internal set; }

    /// <summary>When it ended.</summary>
    [JsonInclude]
    public DateTimeOffset? EndedAt { get; internal set; }

    /// <summary>When something was last heard of it.</summary>
    [JsonInclude]
    public DateTimeOffset UpdatedAt { get; internal set; }

    /// <summary>How long it took, in milliseconds.</summary>
    [JsonInclude]
    public long? DurationMs { get; internal set; }

    /// <summary>What went wrong.</summary>
    [JsonInclude]
    public string? Error { get; internal set; }

    /// <summary>Its trace.</summary>
    [JsonInclude]
    public string? TraceId { get; internal set; }

    /// <summary>Its tasks, as far as they were seen.</summary>
    [JsonInclude]
    public TaskCounts Tasks { get; internal set; } = new();

    /// <summary>Its phases in the order in which they were first heard of.</summary>
    [JsonInclude]
    public List<PhaseState> Phases { get; internal set; } = [];

    /// <summary>Of an ended run the phases that never said that they ended, and since when they had been under way; absent when there are none.</summary>
    public IReadOnlyList<UnendedPhase>? UnendedPhases =>
        HasEnded && Phases.Exists(IsUnended) ? [.. Phases.Where(IsUnended).Select(phase => new UnendedPhase(phase.Name, phase.StartedAt!.Value))] : null;

    /// <summary>Position of the last event about it.</summary>
    [JsonInclude]
    public LogPosition Position { get; internal set; }

    /// <summary>Whether it has ended.</summary>
    [JsonIgnore]
    public bool HasEnded => Status is EventStatuses.Completed or EventStatuses.Failed;

    private static bool IsUnended(PhaseState phase) => phase is { Status: EventStatuses.Processing, StartedAt: not null };

    internal PhaseState? Phase(string? name, int limit)
    {
        if (name is null)
        {
            return null;
        }

        foreach (var known in Phases)
        {
            if (known.Name == name)
            {
                return known;
            }
        }

        if (Phases.Count >= limit)
        {
            return null;
        }

        var phase = new PhaseState { Name = name };
        Phases.Add(phase);
        return phase;
    }
}
