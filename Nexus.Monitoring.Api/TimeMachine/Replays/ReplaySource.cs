using Nexus.Monitoring.Api.History;
using Nexus.Monitoring.Api.Streaming;
using Nexus.Monitoring.Contracts.Filters;
using Nexus.Monitoring.Contracts.Frames;
using Nexus.Monitoring.Contracts.Log;

namespace Nexus.Monitoring.Api.TimeMachine.Replays;

/// <summary>
/// Reads on from a position in pages: from the history as far as it goes, then from the log, as any reader does. It joins no cohort, so nobody who is
/// live notices. Not thread-safe.
/// </summary>
internal sealed class ReplaySource(HistoryPages pages, HistoryState history, SessionContext context, LogPosition start)
{
    private LogReader? _log;

    /// <summary>Everything up to here was given out.</summary>
    public LogPosition Position { get; private set; } = start;

    /// <exception cref="LogAwayException">The log is needed and does not answer.</exception>
    public async Task<ReplayPage> NextAsync(int limit, CancellationToken cancellationToken)
    {
        var page = _log is null && await ReadHistoryAsync(limit, cancellationToken) is { } stored ? stored : await ReadLogAsync(cancellationToken);
        Position = page.Gap?.Upto > page.Upto ? page.Gap.Upto : page.Upto;
        return page;
    }

    private async Task<ReplayPage?> ReadHistoryAsync(int limit, CancellationToken cancellationToken)
    {
        var (floor, head) = (history.Floor, history.Head);
        if (history.Problem is not null || Position >= head)
        {
            return null;
        }

        if (Position < floor)
        {
            return new ReplayPage([], Position, new GapFrame { After = Position, Upto = floor, Reason = GapReasons.Retention });
        }

        try
        {
            var (entries, upto, gap) = await pages.ReadEntriesAsync(Position, head, limit, cancellationToken);
            return new ReplayPage(entries, upto, gap is null ? null : new GapFrame { After = upto, Upto = Later(gap.Upto, upto), Reason = gap.Reason });
        }
        catch (Exception error) when (error is HistoryUnavailableException or TimeoutException)
        {
            return null;
        }
    }

    private async Task<ReplayPage> ReadLogAsync(CancellationToken cancellationToken)
    {
        _log ??= context.NewReader(EventFilter.All, Position);
        var step = await _log.NextAsync(cancellationToken);
        var page = new ReplayPage(
            step.Entries is { Count: > 0 } entries ? [.. entries] : [], step.Gap?.After ?? _log.Position, step.Gap, step.Kind == ReaderStepKind.Idle);
        _log.Release();
        return page;
    }

    private static LogPosition Later(LogPosition left, LogPosition right) => left > right ? left : right;
}
