using Microsoft.Extensions.Options;
using Nexus.Monitoring.Api.Log;
using Nexus.Monitoring.Api.Streaming;
using Nexus.Monitoring.Contracts.Log;

namespace Nexus.Monitoring.Api.History.Reading;

/// <summary>
/// Reads behind the ring: from the log while it still has what is asked for, else from the history. What neither has is a gap, as the log
/// judges it.
/// </summary>
internal sealed class OlderHistory(OlderEntries log, IEventHistory history, HistoryState state, IOptions<HistoryOptions> options) : IOlderEntries
{
    public async Task<OlderSlice> ReadAsync(
        LogPosition after, LogPosition upto, int limit, bool isForeign, CancellationToken cancellationToken)
    {
        var slice = await log.ReadAsync(after, upto, limit, isForeign, cancellationToken);
        if (slice.Continuity == Continuity.Contiguous || !MayHold(after))
        {
            return slice;
        }

        // Up to where the log goes on by itself.
        var end = slice.First?.Previous() ?? upto;
        if (await FollowAsync(after, end, limit, cancellationToken) is not { } passage)
        {
            return slice;
        }

        return isForeign && passage.Page is { } page && !await WasHandedOutAsync(after, cancellationToken)
            ? new OlderSlice(Continuity.Vanished, [], 0, page.Entries.Count > 0 ? page.Entries[0].Position : end.Next(), after)
            : After(after, passage, end) ?? slice;
    }

    /// <summary>Pages back from the log as far as it goes; there the history has to be asked, with <c>from</c> or <c>q</c>.</summary>
    public Task<OlderSlice> ReadBackAsync(LogPosition upto, int limit, CancellationToken cancellationToken) =>
        log.ReadBackAsync(upto, limit, cancellationToken);

    /// <summary>As the log says: what it no longer has lies before the ring.</summary>
    public Task<CursorPlace> FindAsync(LogPosition position, CancellationToken cancellationToken) => log.FindAsync(position, cancellationToken);

    private bool IsOpened => state.Head > LogPosition.Start;

    /// <summary>The very beginning is that of the log: the live state, which is folded from there, would otherwise be folded from
    /// years.</summary>
    private bool MayHold(LogPosition after) =>
        options.Value.IsKept && after > LogPosition.Start && (after < state.Head || (!IsOpened && state.Problem is not null));

    /// <summary>
    /// Trouble that passes is no gap: then the reader has to come again, as it does when the log is away. Null when it does not pass.
    /// </summary>
    private async Task<HistoryPassage?> FollowAsync(LogPosition after, LogPosition upto, int limit, CancellationToken cancellationToken)
    {
        try
        {
            return await history.FollowAsync(after, upto, limit, cancellationToken);
        }
        catch (HistoryUnavailableException) when (!state.MayPass)
        {
            return null;
        }
        catch (Exception error) when (error is HistoryUnavailableException or TimeoutException)
        {
            throw new LogAwayException($"What is asked for is in the history, which does not answer yet: {error.Message}", error);
        }
    }

    /// <summary>A cursor of this log is an event's, or the end of what the history does not hold.</summary>
    private async Task<bool> WasHandedOutAsync(LogPosition cursor, CancellationToken cancellationToken) =>
        await FollowAsync(cursor.Previous(), cursor, 1, cancellationToken) is not { } passage
        || passage.Floor == cursor
        || passage.Gap?.Upto == cursor
        || passage.Page is { Entries.Count: > 0 };

    /// <summary>Null when history has nothing that the log has not.</summary>
    private static OlderSlice? After(LogPosition after, HistoryPassage passage, LogPosition end)
    {
        if (passage.Page is { } page)
        {
            return new OlderSlice(
                Continuity.Contiguous, page.Entries, page.Entries.Count, page.Entries.Count > 0 ? page.Entries[0].Position : null, page.Upto);
        }

        // What lies before the history, or in a gap of it, is gone; where it goes on before the log does, the gap ends.
        var gone = passage.Gap?.Upto ?? passage.Floor;
        return gone > after && gone < end ? new OlderSlice(Continuity.Trimmed, [], 0, gone.Next(), gone) : null;
    }
}
