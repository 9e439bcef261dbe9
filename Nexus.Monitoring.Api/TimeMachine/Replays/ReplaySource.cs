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
internal sealed class ReplaySource(HistoryPages pages, HistoryState history, SessionContext context, LogPosition start, bool withKeys)
{
    private LogReader? _log;

    /// <summary>Everything up to here was given out.</summary>
    public LogPosition Position { get; private set; } = start;

    /// <summary>Whether entries can be asked whether a filter wants them.</summary>
    public bool HasKeys => withKeys;

    /// <exception cref="LogAwayException">The log is needed and does not answer.</exception>
    public async Task<ReplayPage> NextAsync(PageBounds bounds, CancellationToken cancellationToken)
    {
        var page = _log is null && await ReadHistoryAsync(bounds, cancellationToken) is { } stored ? stored : await ReadLogAsync(cancellationToken);
        Position = page.Gap?.Upto > page.Upto ? page.Gap.Upto : page.Upto;
        return page;
    }

    private async Task<ReplayPage?> ReadHistoryAsync(PageBounds bounds, CancellationToken cancellationToken)
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
            var (entries, upto, gap) = await pages.ReadEntriesAsync(Position, head, bounds, withKeys, cancellationToken);
            return new ReplayPage(entries, upto, gap is null ? null : new GapFrame { After = upto, Upto = LogPositions.Later(gap.Upto, upto), Reason = gap.Reason });
        }
        catch (Exception error) when (error is HistoryUnavailableException or TimeoutException)
        {
            return null;
        }
    }

    private async Task<ReplayPage> ReadLogAsync(CancellationToken cancellationToken)
    {
        _log ??= context.NewReader(EventFilter.All, Position, context.ReadAhead.Limits);
        var step = await _log.NextAsync(cancellationToken);
        // While events keep coming, there is hardly a look that finds none: the end is where the newest one was given out.
        var isEnd = step.Gap is null && (step.Kind == ReaderStepKind.Idle || _log.Position >= context.Feed.Ring.Head.Position);
        var page = new ReplayPage(step.Entries is { Count: > 0 } entries ? [.. entries] : [], step.Gap?.After ?? _log.Position, step.Gap, isEnd);
        _log.Release();
        if (step.Replayed > 0)
        {
            // What one client reads again must not take the log from everybody else.
            await Task.Delay(TimeSpan.FromSeconds((double)step.Replayed / context.Options.ReplayEventsPerSecond), context.Time, cancellationToken);
        }

        return page;
    }
}
