using Microsoft.Extensions.Options;
using Nexus.Monitoring.Api.Streaming;
using Nexus.Monitoring.Contracts.Log;

namespace Nexus.Monitoring.Api.Log;

/// <summary>
/// Reads behind the ring. Each page begins with the entry at the reader's position itself: if it is still there, so is everything after
/// it, and one command proves the chain.
/// </summary>
internal sealed class OlderEntries(ILogSource source, EntryDecoder decoder, IOptions<MonitoringApiOptions> options)
    : IOlderEntries, IDisposable
{
    private readonly SemaphoreSlim _turns = new(options.Value.ConcurrentReplays);

    public async Task<OlderSlice> ReadAsync(
        LogPosition after, LogPosition upto, int limit, bool isForeign, CancellationToken cancellationToken)
    {
        await _turns.WaitAsync(cancellationToken);
        try
        {
            var raw = await source.ReadAsync(after, upto, limit + 1);
            var continuity = Continuity.Contiguous;
            var skip = raw.Count > 0 && raw[0].Position == after ? 1 : 0;
            if (skip == 0)
            {
                continuity = await JudgeAsync(after, raw);
            }

            return Decode(raw, skip, Math.Min(raw.Count, skip + limit), continuity, raw.HasMore ? null : upto);
        }
        finally
        {
            _turns.Release();
        }
    }

    public async Task<OlderSlice> ReadBackAsync(LogPosition upto, int limit, CancellationToken cancellationToken)
    {
        await _turns.WaitAsync(cancellationToken);
        try
        {
            var raw = await source.ReadBackAsync(upto, limit);
            raw.Entries.Reverse();
            return Decode(raw, 0, raw.Count, Continuity.Contiguous, raw.Count > 0 ? raw[0].Position.Previous() : LogPosition.Start);
        }
        finally
        {
            _turns.Release();
        }
    }

    public async Task<CursorPlace> FindAsync(LogPosition position, CancellationToken cancellationToken)
    {
        await _turns.WaitAsync(cancellationToken);
        try
        {
            var next = await source.ReadAsync(position, LogPosition.End, 1);
            if (next.Count > 0)
            {
                // A gap that ended right before the next entry left its reader there.
                var end = next[0].Position == position ? position : next[0].Position.Previous();
                return new CursorPlace(end == position, end, end != position && await IsTrimmedAsync(next[0].Position));
            }

            // The entry was appended last, and is gone: no event of it is still to come.
            var entry = EntryId.Of((await source.GetExtentAsync()).Last);
            var last = entry.At(EntryEvents.Most - 1);
            var now = LogPosition.At(await source.GetTimeAsync()).Previous();
            return new CursorPlace(entry == EntryId.Of(position), now > last ? now : last);
        }
        finally
        {
            _turns.Release();
        }
    }

    public void Dispose() => _turns.Dispose();

    /// <summary>Whether the log begins there, and not because it is new.</summary>
    private async Task<bool> IsTrimmedAsync(LogPosition first)
    {
        var oldest = await source.ReadAsync(LogPosition.Start, LogPosition.End, 1);
        return oldest.Count > 0 && oldest[0].Position == first && !(await source.GetExtentAsync()).IsComplete;
    }

    private async Task<Continuity> JudgeAsync(LogPosition after, RawPage next)
    {
        if (after == LogPosition.Start)
        {
            return (await source.GetExtentAsync()).IsComplete ? Continuity.Contiguous : Continuity.Trimmed;
        }

        var oldest = await source.ReadAsync(LogPosition.Start, LogPosition.End, 1);
        return oldest.Count > 0 && oldest[0].Position < after ? Continuity.Vanished
            : oldest.Count == 0 && next.Count == 0 ? Continuity.Vanished
            : Continuity.Trimmed;
    }

    /// <summary>The page is used up.</summary>
    private OlderSlice Decode(RawPage raw, int from, int end, Continuity continuity, LogPosition? upto)
    {
        var encoder = new EntryEncoder();
        var entries = new List<LogEntry>(end - from);
        for (var i = from; i < end; i++)
        {
            // The tail has counted and logged what is no event.
            if (decoder.TryDecode(raw[i], encoder, out var entry, out _, out _))
            {
                entries.Add(entry);
            }
        }

        var slice = new OlderSlice(
            continuity, entries, end - from, end > from ? raw[from].Position : null, upto ?? raw[end - 1].Position);
        raw.Return();
        return slice;
    }
}
