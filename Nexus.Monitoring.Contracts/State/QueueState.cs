using System.Text.Json.Serialization;

namespace Nexus.Monitoring.Contracts.State;

/// <summary>How many tasks wait, as last reported by <c>queue_depth_update</c>.</summary>
public sealed class QueueState
{
    /// <summary>Keys with this ending are priorities, all others are task types.</summary>
    public const string PrioritySuffix = "_priority";

    /// <summary>Depth by priority; empty when nobody reported it.</summary>
    [JsonInclude]
    public IReadOnlyDictionary<string, long> ByPriority { get; internal set; } = new Dictionary<string, long>();

    /// <summary>Depth by task type; empty when nobody reported it.</summary>
    [JsonInclude]
    public IReadOnlyDictionary<string, long> ByTaskType { get; internal set; } = new Dictionary<string, long>();

    /// <summary>When the last report came, by the log's clock.</summary>
    [JsonInclude]
    public DateTimeOffset? UpdatedAt { get; internal set; }

    /// <summary>Tasks that wait: the sum over priorities, or over task types when only those are reported.</summary>
    [JsonIgnore]
    public long Total => (ByPriority.Count > 0 ? ByPriority : ByTaskType).Values.Sum();

    internal void Apply(IReadOnlyDictionary<string, long> queue, DateTimeOffset at)
    {
        UpdatedAt = at;
        var priorities = CountPriorities(queue);

        if (priorities == queue.Count)
        {
            ByPriority = queue;
        }
        else if (priorities == 0)
        {
            ByTaskType = queue;
        }
        else
        {
            ByPriority = queue.Where(pair => IsPriority(pair.Key)).ToDictionary();
            ByTaskType = queue.Where(pair => !IsPriority(pair.Key)).ToDictionary();
        }
    }

    /// <summary>What comes over the wire is a dictionary, which can be looked through without allocating.</summary>
    private static int CountPriorities(IReadOnlyDictionary<string, long> queue)
    {
        var priorities = 0;
        foreach (var (key, _) in queue as Dictionary<string, long> ?? queue.ToDictionary())
        {
            priorities += IsPriority(key) ? 1 : 0;
        }

        return priorities;
    }

    private static bool IsPriority(string key) => key.EndsWith(PrioritySuffix, StringComparison.Ordinal);
}
