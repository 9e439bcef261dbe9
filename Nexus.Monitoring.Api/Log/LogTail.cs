using Microsoft.Extensions.Options;
using Nexus.Monitoring.Api.Streaming;
using Nexus.Monitoring.Api.Telemetry;
using Nexus.Monitoring.Contracts.Events;
using Nexus.Monitoring.Contracts.Frames;
using Nexus.Monitoring.Contracts.Log;

namespace Nexus.Monitoring.Api.Log;

/// <summary>
/// Follows the log and fills the ring. The doorbell says when to read, a slow poll backs it up; what is read next is decided by the
/// position alone, so nothing that happens to connections can lose or repeat an event.
/// </summary>
internal sealed class LogTail(
    ILogSource source,
    LogFeed feed,
    LogTailState state,
    EntryDecoder decoder,
    SkippedEntries skipped,
    EventSpans spans,
    ApiMetrics metrics,
    TimeProvider time,
    IOptions<MonitoringApiOptions> options,
    ILogger<LogTail> logger) : BackgroundService
{
    private static readonly TimeSpan FirstRetryDelay = TimeSpan.FromMilliseconds(100);

    private readonly WakeSignal _doorbell = new();
    private readonly EntryEncoder _encoder = new();
    private readonly PageSize _pageSize = new();
    private readonly List<LogEntry> _page = new(PageSize.Fewest);

    /// <summary>The last entry that was read, whatever it held; the proof that the next one follows.</summary>
    private LogPosition _read = LogPosition.Start;

    /// <summary>As the server told at most one poll ago, and what was read since.</summary>
    private LogExtent _extent;

    private long? _extentRead;

    /// <summary>Whether the ring's beginning is settled: an empty log is complete.</summary>
    private bool _hasBegun;

    private bool _isOvertaken;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        feed.Undecided = (entry, error) =>
            skipped.Add(entry.Position, SkipKinds.NotFiltered, $"A filter cannot tell whether it matches ({error.Message}); its readers do not get it.");
        await using var poll = time.CreateTimer(
            static signal => ((WakeSignal)signal!).Set(), _doorbell, options.Value.LogPollInterval, options.Value.LogPollInterval);
        await using var stop = stoppingToken.Register(_doorbell.Set);
        IAsyncDisposable? listener = null;
        var delay = FirstRetryDelay;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                listener ??= await source.ListenAsync(_doorbell.Set);
                await ReadToEndAsync(stoppingToken);
                feed.SetConnected();
                delay = FirstRetryDelay;
                await _doorbell.WaitAsync();
            }
            catch (LogAwayException away)
            {
                if (feed.Status.IsConnected || feed.Status.Message != away.Message)
                {
                    logger.LogAway(away.Message, away.InnerException?.Message);
                }

                feed.SetUnavailable(away.Message);
                await PauseAsync(delay, stoppingToken);
                delay = TimeSpan.FromTicks(Math.Min(delay.Ticks * 2, options.Value.LogRetryDelay.Ticks));
            }
        }

        if (listener is not null)
        {
            await listener.DisposeAsync();
        }
    }

    private async Task PauseAsync(TimeSpan delay, CancellationToken cancellationToken) =>
        await Task.Delay(delay, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    private async Task ReadToEndAsync(CancellationToken cancellationToken)
    {
        var hasMore = true;
        Task<RawPage>? ahead = null;
        while (hasMore && !cancellationToken.IsCancellationRequested)
        {
            var page = await (ahead ?? source.ReadAsync(_read, LogPosition.End, _pageSize.Current + 1));
            ahead = null;
            var follows = page.Count > 0 && page[0].Position == _read;
            if (!follows && _read != LogPosition.Start)
            {
                await FindPlaceAsync();
                continue;
            }

            if (_read == LogPosition.Start && page.Count > 0)
            {
                await BeginAsync(page[0].Position);
            }

            hasMore = page.HasMore;
            _pageSize.Learn(page);
            if (hasMore && !page[^1].IsAnchor)
            {
                // What follows this page is on its way while this one is handed out.
                ahead = source.ReadAsync(page[^1].Position, LogPosition.End, _pageSize.Current + 1);
            }

            _hasBegun |= page.Count == 0;
            Accept(page, follows ? 1 : 0);
            _extent = _extent.With(page);
            page.Return();
            await feed.LetFoldAsync(cancellationToken);
        }

        if (_extentRead is not { } read || time.GetElapsedTime(read) >= options.Value.LogPollInterval)
        {
            _extent = await source.GetExtentAsync();
            _extentRead = time.GetTimestamp();
        }

        state.CaughtUp(_extent, _read);
    }

    /// <summary>
    /// The ring begins where the log does. Where that is not its very beginning, what was trimmed is not in the ring, and must not seem to be.
    /// </summary>
    private async Task BeginAsync(LogPosition first)
    {
        if (_isOvertaken)
        {
            _isOvertaken = false;
            feed.Restart(first.Previous(), GapReasons.Retention);
        }
        else if (!_hasBegun && !(await source.GetExtentAsync()).IsComplete)
        {
            feed.Restart(first.Previous(), null);
        }

        _hasBegun = true;
    }

    private void Accept(RawPage page, int from)
    {
        _page.Clear();
        var head = feed.Ring.Head.Position;
        var now = time.GetUtcNow();
        for (var i = from; i < page.Count; i++)
        {
            var raw = page[i];
            if (raw.IsAnchor)
            {
                // Another node is about to delete it: that it is gone then would prove nothing.
                continue;
            }

            _read = raw.Position;
            if (raw.Position <= head)
            {
                skipped.Add(raw.Position, SkipKinds.BehindReset, $"Its position lies before {head}, which clients already have.");
            }
            else if (decoder.TryDecode(raw, _encoder, out var entry, out var monitoringEvent, out var skip))
            {
                _page.Add(entry);
                Trace(monitoringEvent, raw.Position, now);
            }
            else
            {
                skipped.Add(raw.Position, skip.Value.Kind, skip.Value.Problem);
            }
        }

        if (_page.Count > 0)
        {
            feed.Append(_page);
            metrics.Read(_page.Count, feed.IsRead ? now - _page[^1].Position.Time : null);
        }
    }

    /// <summary>What a starting node reads again was processed when it happened.</summary>
    private void Trace(MonitoringEvent monitoringEvent, LogPosition position, DateTimeOffset now)
    {
        if (feed.IsRead)
        {
            metrics.Arrived(monitoringEvent.Timestamp, position.Time, now);
            spans.Record(monitoringEvent, position);
        }
    }

    /// <summary>
    /// The entry at our position is gone. Either the log was trimmed past us while we could not read, or it lost its data. In both cases the
    /// ring is given up and every reader told; what is handed out from then on lies after everything that was handed out before. A log that
    /// lost its data may also have held what nobody read: what readers are told reaches up to its first entry after that.
    /// </summary>
    private async Task FindPlaceAsync()
    {
        var head = feed.Ring.Head.Position;
        var oldest = await source.ReadAsync(LogPosition.Start, LogPosition.End, 1);
        var first = oldest.Count > 0 ? oldest[0] : default;
        var extent = await source.GetExtentAsync();
        if (first.Position > _read && extent.CanContinue(_extent))
        {
            logger.Overtaken(_read, first.Position);
            _read = LogPosition.Start;
            _isOvertaken = true;
            return;
        }

        logger.LogReset(_read, first.Position, extent.Length);
        var start = await FirstAfterAsync(head) ?? await AnchorAsync(head);
        var kept = await source.ReadBackAsync(head, 1);
        _read = kept.Count > 0 ? kept[0].Position : LogPosition.Start;
        _hasBegun = true;
        feed.Restart(start, GapReasons.LogReset);
    }

    /// <summary>Where a log without entries after the head goes on: nothing that it lost was appended later than now.</summary>
    private async Task<LogPosition> AnchorAsync(LogPosition head)
    {
        var now = LogPosition.At(await source.GetTimeAsync());
        var start = now > head ? now : head;
        await source.AnchorAsync(start);
        return await FirstAfterAsync(head) is { } before && before < start ? before : start;
    }

    /// <summary>The position before the first entry after this one; null when there is none.</summary>
    private async Task<LogPosition?> FirstAfterAsync(LogPosition position)
    {
        var next = await source.ReadAsync(position.Next(), LogPosition.End, 1);
        return next.Count > 0 ? next[0].Position.Previous() : null;
    }
}
