using Nexus.Monitoring.Contracts.Filters;
using Nexus.Monitoring.Contracts.Log;

namespace Nexus.Monitoring.Api.Streaming;

/// <summary>Reads single pages of the log, forwards and backwards. Thread-safe.</summary>
internal sealed class LogPager(LogFeed feed, IOlderEntries older, SessionContext context)
{
    /// <summary>Most entries looked at for one page; a filter that seldom matches gets shorter pages, not slower ones.</summary>
    private const int MaxScan = 20_000;

    private const int OlderPage = 500;

    /// <summary>The first matching events after a position that a client gave. A gap shows in where the page begins.</summary>
    /// <returns>Null when the position lies after everything that the log has handed out.</returns>
    public async Task<LogPage?> ReadAfterAsync(
        EventFilter filter, LogPosition cursor, int limit, string? client, CancellationToken cancellationToken)
    {
        var budget = context.ReplayBudgets.Of(client);
        var reader = context.NewReader(new StreamRequest(filter, cursor), new ReaderLimits(limit, int.MaxValue));
        var entries = new List<LogEntry>();
        var after = cursor;
        var scanned = 0;
        while (entries.Count < limit && scanned < MaxScan)
        {
            var step = await reader.NextAsync(cancellationToken);
            if (reader.IsAheadOfTheLog)
            {
                return null;
            }

            if (step.Kind == ReaderStepKind.Idle)
            {
                break;
            }

            if (step.Kind == ReaderStepKind.Gap && entries.Count > 0)
            {
                return new LogPage(after, step.After, entries);
            }

            if (step.Kind == ReaderStepKind.Gap)
            {
                after = step.Upto;
                continue;
            }

            scanned += step.Scanned;
            await PayAsync(budget, step.Replayed, cancellationToken);
            foreach (var entry in step.Entries!)
            {
                entries.Add(entry);
                if (entries.Count == limit)
                {
                    return new LogPage(after, entry.Position, entries);
                }
            }
        }

        return new LogPage(after, reader.Position, entries);
    }

    /// <summary>The last matching events up to and including a position; the head when it is null.</summary>
    public async Task<LogPage> ReadBackAsync(
        EventFilter filter, LogPosition? upto, int limit, string? client, CancellationToken cancellationToken)
    {
        var budget = context.ReplayBudgets.Of(client);
        var page = new BackwardsPage(filter, upto ?? feed.Ring.Head.Position, limit);
        if (ReadRingBack(page))
        {
            return page.ToPage();
        }

        while (!page.IsFull && page.Scanned < MaxScan)
        {
            var slice = await older.ReadBackAsync(page.After, OlderPage, cancellationToken);
            await PayAsync(budget, slice.Scanned, cancellationToken);
            for (var i = slice.Entries.Count - 1; i >= 0 && !page.IsFull; i--)
            {
                page.Add(slice.Entries[i], i > 0 ? slice.Entries[i - 1].Position : slice.Upto);
            }

            if (slice.Scanned < OlderPage)
            {
                break;
            }

            if (!page.IsFull)
            {
                page.MoveTo(slice.Upto);
            }
        }

        return page.ToPage();
    }

    /// <summary>Asking page after page is not faster than a stream.</summary>
    private Task PayAsync(ReplayBudget budget, int entries, CancellationToken cancellationToken) =>
        entries == 0 ? Task.CompletedTask : Task.Delay(budget.Take(entries), context.Time, cancellationToken);

    /// <summary>Whether nothing older is needed.</summary>
    private bool ReadRingBack(BackwardsPage page)
    {
        var ring = feed.Ring;
        if (!ring.TrySeek(page.After, out var index))
        {
            return false;
        }

        while (ring.Get(--index) is { } entry && page.Scanned < MaxScan)
        {
            page.Add(entry, ring.Get(index - 1)?.Position ?? entry.Position.Previous());
            if (page.IsFull)
            {
                return true;
            }
        }

        return page.Scanned >= MaxScan;
    }
}
