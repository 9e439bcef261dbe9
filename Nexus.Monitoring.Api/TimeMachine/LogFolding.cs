using Nexus.Monitoring.Api.History;
using Nexus.Monitoring.Api.Streaming;
using Nexus.Monitoring.Contracts.Events;
using Nexus.Monitoring.Contracts.Filters;
using Nexus.Monitoring.Contracts.Frames;
using Nexus.Monitoring.Contracts.Log;

namespace Nexus.Monitoring.Api.TimeMachine;

/// <summary>Folds the log into a state: from the history as far as it goes, the newest part from the log itself. Thread-safe.</summary>
internal sealed class LogFolding(HistoryPages pages, HistoryState history, SessionContext context)
{
    private static readonly PageBounds Page = new(20_000, 32 * 1024 * 1024);

    private const int DecodeSlice = 256;

    /// <summary>Folds up to and including a position.</summary>
    /// <param name="folded">Where it begins.</param>
    /// <param name="upto">The position.</param>
    /// <param name="pages">What was read of it already, from its beginning on.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="LogAwayException">The newest part is needed, and the log does not answer.</exception>
    public async Task FoldAsync(FoldedState folded, LogPosition upto, IReadOnlyList<DecodedPage> pages, CancellationToken cancellationToken)
    {
        foreach (var page in pages)
        {
            Fold(folded, page);
        }

        var stored = Stored(upto);
        while (folded.Position < stored)
        {
            await FoldPageAsync(folded, stored, Page.Events, cancellationToken);
        }

        if (folded.Position < upto)
        {
            await FoldNewestAsync(folded, upto, cancellationToken);
        }
    }

    /// <summary>Folds the next events of the history, at most <paramref name="limit"/>.</summary>
    /// <returns>How many.</returns>
    public async Task<int> FoldPageAsync(FoldedState folded, LogPosition upto, int limit, CancellationToken cancellationToken)
    {
        var page = await ReadPageAsync(folded.Position, upto, limit, cancellationToken);
        Fold(folded, page);
        return page.Events.Length;
    }

    /// <summary>What the history has to be folded after a position; only for intervals that are not too large to be held.</summary>
    public async Task<IReadOnlyList<DecodedPage>> ReadAsync(LogPosition after, LogPosition upto, CancellationToken cancellationToken)
    {
        var read = new List<DecodedPage>();
        for (var stored = Stored(upto); after < stored; after = read[^1].End)
        {
            read.Add(await ReadPageAsync(after, stored, Page.Events, cancellationToken));
        }

        return read;
    }

    private LogPosition Stored(LogPosition upto) => history.Head is var head && upto < head ? upto : head;

    private async Task<DecodedPage> ReadPageAsync(LogPosition after, LogPosition upto, int limit, CancellationToken cancellationToken)
    {
        var page = await pages.ReadAsync(after, upto, Page with { Events = limit }, cancellationToken);
        var events = new MonitoringEvent?[page.Rows.Count];
        await Parallel.ForAsync(0, (events.Length + DecodeSlice - 1) / DecodeSlice, cancellationToken, (slice, _) =>
        {
            for (var i = slice * DecodeSlice; i < Math.Min(events.Length, (slice + 1) * DecodeSlice); i++)
            {
                EventJson.TryRead(page.Rows[i].Json, out events[i], out var _);
            }

            return ValueTask.CompletedTask;
        });
        return new DecodedPage(after, page, events, upto);
    }

    private static void Fold(FoldedState folded, DecodedPage read)
    {
        var page = read.Page;
        if (page.BeginsAnew)
        {
            folded.Restart(read.After);
        }

        for (var i = 0; i < read.Events.Length; i++)
        {
            if (read.Events[i] is { } monitoringEvent)
            {
                folded.Apply(monitoringEvent, page.Rows[i].Position);
            }
        }

        folded.MoveTo(page.Upto);
        // An empty one hides no position: the instant before it is still that of the log that was.
        if (read.Gap is { Reason: GapReasons.LogReset } gap)
        {
            folded.Restart(gap.Upto);
        }

        folded.MoveTo(read.End);
    }

    private async Task FoldNewestAsync(FoldedState folded, LogPosition upto, CancellationToken cancellationToken)
    {
        var reader = context.NewReader(EventFilter.All, folded.Position, context.ReadAhead.Limits);
        while (folded.Position < upto)
        {
            var step = await reader.NextAsync(cancellationToken);
            if (step.Kind == ReaderStepKind.Idle)
            {
                break;
            }

            foreach (var entry in step.Entries ?? EntryLists.Empty)
            {
                if (entry.Position > upto)
                {
                    break;
                }

                if (EventJson.TryRead(entry.Json.Span, out var monitoringEvent, out _))
                {
                    folded.Apply(monitoringEvent, entry.Position);
                }
            }

            if (step.Gap is { Reason: GapReasons.LogReset } reset && reset.Upto <= upto)
            {
                folded.Restart(reset.Upto);
            }

            folded.MoveTo(step.Upto < upto ? step.Upto : upto);
        }

        reader.Release();
        folded.MoveTo(upto);
    }
}
