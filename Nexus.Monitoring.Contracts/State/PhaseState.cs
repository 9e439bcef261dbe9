using System.Text.Json.Serialization;
using Nexus.Monitoring.Contracts.Events;

namespace Nexus.Monitoring.Contracts.State;

/// <summary>What the events have told of one phase of a run.</summary>
public sealed class PhaseState
{
    /// <summary>For example <c>extraction</c>.</summary>
    public required string Name { get; init; }

    /// <summary><c>pending</c>, <c>processing</c>, <c>completed</c> or <c>failed</c>.</summary>
    [JsonInclude]
    public string Status { get; internal set; } = EventStatuses.Pending;

    /// <summary>When it began, by the log's clock.</summary>
    [JsonInclude]
    public DateTimeOffset? StartedAt { get; internal set; }

    /// <summary>When it ended, by the log's clock.</summary>
    [JsonInclude]
    public DateTimeOffset? EndedAt { get; internal set; }

    /// <summary>How long it took, in milliseconds.</summary>
    [JsonInclude]
    public long? DurationMs { get; internal set; }

    /// <summary>How many tasks it will have, as announced by <c>counts.total</c>; absent when nobody said.</summary>
    [JsonInclude]
    public long? Announced { get; internal set; }

    /// <summary>The last counts that the phase reported.</summary>
    [JsonInclude]
    public IReadOnlyDictionary<string, long>? Counts { get; internal set; }

    /// <summary>What went wrong.</summary>
    [JsonInclude]
    public string? Error { get; internal set; }

    /// <summary>Its tasks, as far as they were seen.</summary>
    [JsonInclude]
    public TaskCounts Tasks { get; internal set; } = new();

    /// <summary>Tasks in all: what was announced, or what was seen when that is more.</summary>
    [JsonIgnore]
    public long Total => Math.Max(Announced ?? 0, Tasks.Total);
}
