using Nexus.Monitoring.Contracts.Log;

namespace Nexus.Monitoring.Api.Http.Lists;

/// <summary>Selects a page of what changed last, without sorting all there is.</summary>
internal static class NewestFirst
{
    /// <summary>The entries before <paramref name="before"/>, the newest first, and the cursor of the next page.</summary>
    /// <param name="entries">In any order; no two at the same position.</param>
    /// <param name="position">Where an entry was last changed.</param>
    /// <param name="before">Entries from here on were on an earlier page; null for the first.</param>
    /// <param name="limit">Most entries.</param>
    public static (IReadOnlyList<T> Page, string? Next) Select<T>(
        IEnumerable<T> entries, Func<T, LogPosition> position, LogPosition? before, int limit)
    {
        // Holds one more than the page, to know whether there is another; the oldest on top.
        var selected = new PriorityQueue<T, LogPosition>(limit + 2);
        foreach (var entry in entries)
        {
            var at = position(entry);
            if (before is null || at < before)
            {
                selected.Enqueue(entry, at);
                if (selected.Count > limit + 1)
                {
                    selected.Dequeue();
                }
            }
        }

        if (selected.Count > limit)
        {
            selected.Dequeue();
            var page = Drain(selected);
            return (page, position(page[^1]).ToString());
        }

        return (Drain(selected), null);
    }

    private static T[] Drain<T>(PriorityQueue<T, LogPosition> selected)
    {
        var page = new T[selected.Count];
        for (var i = page.Length - 1; i >= 0; i--)
        {
            page[i] = selected.Dequeue();
        }

        return page;
    }
}
