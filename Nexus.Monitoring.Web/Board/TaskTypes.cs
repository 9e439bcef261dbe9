using System.Collections.Concurrent;

namespace Nexus.Monitoring.Web.Board;

/// <summary>
/// Gives each task type one of eight colours, the same on every view. The eight types of the seed own theirs, in pipeline order;
/// other types take what is free, in the order in which they appear; what comes after shares one.
/// </summary>
internal static class TaskTypes
{
    public const int Colours = 8;

    private static readonly string[] Pipeline =
    [
        "search_space_enum", "data_aggregation_search", "search", "data_aggregation_extract",
        "entity_extraction", "summarization", "reasoning", "dok_categorization",
    ];

    /// <summary>At most one entry per colour; types beyond that are never stored.</summary>
    private static readonly ConcurrentDictionary<string, int> Slots = new(StringComparer.Ordinal);

    private static readonly Lock Assignment = new();

    public static string Token(string? taskType) => Slot(taskType) is { } slot ? $"--nx-cat-{slot + 1}" : "--nx-cat-other";

    public static string CssClass(string? taskType) => Slot(taskType) is { } slot ? $"cat-{slot + 1}" : "cat-other";

    /// <summary>Stacking order, from the bottom.</summary>
    public static int Order(string taskType) => Slot(taskType) ?? Colours;

    private static int? Slot(string? taskType)
    {
        if (string.IsNullOrEmpty(taskType))
        {
            return null;
        }

        if (Slots.TryGetValue(taskType, out var slot))
        {
            return slot;
        }

        if (Slots.Count == Colours)
        {
            return null;
        }

        lock (Assignment)
        {
            if (Slots.TryGetValue(taskType, out slot))
            {
                return slot;
            }

            slot = Array.IndexOf(Pipeline, taskType) is >= 0 and var own && IsFree(own) ? own : FirstFree();
            return slot < Colours && Slots.TryAdd(taskType, slot) ? slot : null;
        }
    }

    private static bool IsFree(int slot) => !Slots.Values.Contains(slot);

    private static int FirstFree() => Enumerable.Range(0, Colours).FirstOrDefault(IsFree, Colours);
}
