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
    /// <exception cref="LogAwayException">The newest part is needed, and the log does not answer.</exception>
    public async Task FoldAsync(FoldedState folded, LogPosition upto, CancellationToken cancellationToken)
    {
        var head = history.Head;
        var stored = upto < head ? upto : head;
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
        var page = await pages.ReadAsync(folded.Position, upto, Page with { Events = limit }, cancellationToken);
        if (page.BeginsAnew)
        {
            folded.Restart(folded.Position);
        }

        var events = new MonitoringEvent?[page.Rows.Count];
        await Parallel.ForAsync(0, (events.Length + DecodeSlice - 1) / DecodeSlice, cancellationToken, (slice, _) =>
        {
            for (var i = slice * DecodeSlice; i < Math.Min(events.Length, (slice + 1) * DecodeSlice); i++)
            {
                EventJson.TryRead(page.Rows[i].Json, out events[i], out var _);
            }

            return ValueTask.CompletedTask;
        });
        for (var i = 0; i < events.Length; i++)
        {
            if (events[i] is { } monitoringEvent)
            {
                folded.Apply(monitoringEvent, page.Rows[i].Position);
            }
        }

        folded.MoveTo(page.Upto);
        // An empty one hides no position: the instant before it is still that of the log that was.
        Pass(folded, page.Gap is { IsEmpty: false } gap && gap.Upto <= upto ? gap : null);
        if (page.Gap is { } open && open.Upto > upto)
        {
            folded.MoveTo(upto);
        }

        return events.Length;
    }

    private static void Pass(FoldedState folded, HistoryGap? gap)
    {
        if (gap is { Reason: GapReasons.LogReset })
        {
            folded.Restart(gap.Upto);
        }
        else if (gap is not null)
        {
            folded.MoveTo(gap.Upto);
        }
    }

    private async Task FoldNewestAsync(FoldedState folded, LogPosition upto, CancellationToken cancellationToken)
    {
        var reader = context.NewReader(EventFilter.All, folded.Position);
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
