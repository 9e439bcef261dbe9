using Microsoft.Extensions.Options;
using Nexus.Monitoring.Api.Log;
using Nexus.Monitoring.Api.Streaming;
using Nexus.Monitoring.Contracts.Log;
using Nexus.Monitoring.Contracts.Query;

namespace Nexus.Monitoring.Api.History.Reading;

/// <summary>
/// Reads behind the ring: from the log while it still has what is asked for, else from the history. What neither has is a gap, as the log
/// judges it.
/// </summary>
internal sealed class OlderHistory(OlderEntries log, DuckDbHistory history, HistoryState state, HistoryGaps gaps,
    IOptions<HistoryOptions> options)
    : IOlderEntries
{
    public async Task<OlderSlice> ReadAsync(
        LogPosition after, LogPosition upto, int limit, bool isForeign, CancellationToken cancellationToken)
    {
        var slice = await log.ReadAsync(after, upto, limit, isForeign, cancellationToken);
        if (slice.Continuity == Continuity.Contiguous)
        {
            return slice;
        }

        if (BeginsBetween(after, slice.First ?? upto))
        {
            return new OlderSlice(Continuity.Trimmed, [], 0, state.Floor.Next(), state.Floor);
        }

        return await ReadHistoryAsync(after, slice, upto, limit, isForeign, cancellationToken) ?? slice;
    }

    /// <summary>Pages back from the log as far as it goes; there the history has to be asked, with <c>from</c> or <c>q</c>.</summary>
    public Task<OlderSlice> ReadBackAsync(LogPosition upto, int limit, CancellationToken cancellationToken) =>
        log.ReadBackAsync(upto, limit, cancellationToken);

    /// <summary>As the log says: what it no longer has lies before the ring.</summary>
    public Task<CursorPlace> FindAsync(LogPosition position, CancellationToken cancellationToken) => log.FindAsync(position, cancellationToken);

    /// <summary>The very beginning is that of the log: the live state, which is folded from there, would otherwise be folded from
    /// years.</summary>
    private bool Covers(LogPosition after) =>
        options.Value.IsKept && state.Problem is null && after > LogPosition.Start && after >= state.Floor && after < state.Head;

    /// <summary>What lies before the history is gone, but it has more than the log: the gap ends where it begins.</summary>
    private bool BeginsBetween(LogPosition after, LogPosition log) =>
        options.Value.IsKept && state.Problem is null && after > LogPosition.Start && after < state.Floor && state.Floor.Next() < log;

    private async Task<OlderSlice?> ReadHistoryAsync(
        LogPosition after, OlderSlice log, LogPosition upto, int limit, bool isForeign, CancellationToken cancellationToken)
    {
        if (!Covers(after) || await gaps.FirstAfterAsync(after, cancellationToken) is not { } end)
        {
            return null;
        }

        // Up to where the log goes on by itself, where history ends, or to the next gap in it.
        end = Earlier(Earlier(end, state.Head), log.First?.Previous() ?? upto);
        if (end <= after)
        {
            return null;
        }

        try
        {
            if (isForeign && !await WasHandedOutAsync(after, cancellationToken))
            {
                var next = await history.SearchAsync(EventQuery.All, new HistoryRange(after, end), isBackwards: false, 1, cancellationToken);
                return new OlderSlice(Continuity.Vanished, [], 0, next.Entries.Count > 0 ? next.Entries[0].Position : end.Next(), after);
            }

            var page = await history.SearchAsync(EventQuery.All, new HistoryRange(after, end), isBackwards: false, limit,
                cancellationToken);
            return new OlderSlice(
                Continuity.Contiguous, page.Entries, page.Entries.Count, page.Entries.Count > 0 ? page.Entries[0].Position : null,
                    page.Upto);
        }
        catch (Exception error) when (error is HistoryUnavailableException or TimeoutException)
        {
            return null;
        }
    }

    /// <summary>A cursor of this log is an event's, or the end of what the history holds.</summary>
    private async Task<bool> WasHandedOutAsync(LogPosition cursor, CancellationToken cancellationToken) =>
        cursor == state.Floor
        || (await history.SearchAsync(EventQuery.All, new HistoryRange(cursor.Previous(), cursor), isBackwards: false, 1, cancellationToken))
            .Entries.Count > 0;

    private static LogPosition Earlier(LogPosition left, LogPosition right) => left < right ? left : right;
}
