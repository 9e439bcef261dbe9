using Nexus.Monitoring.Contracts.Filters;
using Nexus.Monitoring.Contracts.Frames;
using Nexus.Monitoring.Contracts.Log;

namespace Nexus.Monitoring.Api.Streaming;

/// <summary>
/// A filter and a position in the log; all that a reader of any transport is. The intervals of its steps chain without a hole or an
/// overlap, and its position never runs backwards. It looks in the ring, then behind it, and names what neither has. Not thread-safe.
/// </summary>
internal sealed class LogReader
{
    private const long Unknown = -1;

    private readonly LogFeed _feed;
    private readonly IOlderEntries _older;
    private readonly ReaderLimits _limits;
    private readonly List<LogEntry> _batch = [];
    private EventRing _ring;
    private bool _mustVerify;

    /// <summary>Index in the ring of the entry after <see cref="Position"/>, while it is there.</summary>
    private long _next = Unknown;

    /// <summary>The index that entry had or has, also once the ring has dropped it: tells how many were missed.</summary>
    private long _expected = Unknown;

    /// <param name="feed">The newest part of the log.</param>
    /// <param name="older">The rest.</param>
    /// <param name="limits">Bounds of a step.</param>
    /// <param name="filter">What is wanted.</param>
    /// <param name="after">Where to start.</param>
    /// <param name="isForeign">The position comes from outside, so whether the log has it must be seen first.</param>
    public LogReader(
        LogFeed feed, IOlderEntries older, ReaderLimits limits, EventFilter filter, LogPosition after, bool isForeign = false)
    {
        _feed = feed;
        _older = older;
        _limits = limits;
        _ring = feed.Ring;
        _mustVerify = isForeign;
        Filter = filter;
        Position = after;
    }

    /// <summary>May be replaced between two steps; holds for everything after <see cref="Position"/>.</summary>
    public EventFilter Filter { get; set; }

    /// <summary>Everything up to here was read.</summary>
    public LogPosition Position { get; private set; }

    /// <exception cref="LogAwayException">What is needed lies behind the ring, and the log does not answer. The reader is unchanged.</exception>
    public ValueTask<ReaderStep> NextAsync(CancellationToken cancellationToken)
    {
        var ring = _feed.Ring;
        if (ring != _ring)
        {
            return new(Enter(ring));
        }

        return !_mustVerify && TryReadRing(out var step) ? new(step) : new(ReadOutsideAsync(cancellationToken));
    }

    private ReaderStep Enter(EventRing ring)
    {
        _ring = ring;
        _next = _expected = Unknown;
        if (ring.StartReason is not { } reason)
        {
            return new(ReaderStepKind.Batch, Position, Position, []);
        }

        _mustVerify = false;
        return Skip(ring.Start, reason);
    }

    private bool TryReadRing(out ReaderStep step)
    {
        step = default;
        if (_next == Unknown && Position > _ring.Head.Position)
        {
            // A node that is further has handed this out; what comes up to there was read from it.
            return true;
        }

        if (_next == Unknown && !_ring.TrySeek(Position, out _next))
        {
            _next = Unknown;
            return false;
        }

        _batch.Clear();
        var (after, scanned, bytes) = (Position, 0, 0);
        var head = _ring.Head.Index;
        while (_next <= head && scanned < _limits.Scan && _batch.Count < _limits.Events && bytes < _limits.Bytes)
        {
            if (_ring.Get(_next) is not { } entry)
            {
                _expected = _next;
                _next = Unknown;
                break;
            }

            if (Filter.Matches(in entry.Keys))
            {
                _batch.Add(entry);
                bytes += entry.Json.Length;
            }

            Position = entry.Position;
            _next++;
            scanned++;
        }

        _expected = _next != Unknown ? _next : _expected;
        step = scanned > 0 ? new(ReaderStepKind.Batch, after, Position, _batch, scanned) : default;
        return scanned > 0 || _next != Unknown;
    }

    private async Task<ReaderStep> ReadOutsideAsync(CancellationToken cancellationToken)
    {
        if (_mustVerify)
        {
            var isKnown = await IsKnownAsync(cancellationToken);
            _mustVerify = false;
            if (!isKnown)
            {
                return Skip(Position, GapReasons.LogReset);
            }
        }

        ReaderStep step;
        while (!TryReadRing(out step))
        {
            var floor = _ring.Floor;
            if (Position < floor.Position)
            {
                return await ReadOlderAsync(floor, cancellationToken);
            }
        }

        return step;
    }

    /// <summary>
    /// Whether the position was handed out for this log. One before the ring is seen to when reading there; one after the head may
    /// come from a node that is further.
    /// </summary>
    private async Task<bool> IsKnownAsync(CancellationToken cancellationToken)
    {
        var floor = _ring.Floor.Position;
        return Position <= floor || _ring.Contains(Position) || await _older.ExistsAsync(Position, cancellationToken);
    }

    private async Task<ReaderStep> ReadOlderAsync(LogEntry floor, CancellationToken cancellationToken)
    {
        var slice = await _older.ReadAsync(Position, floor.Position, _limits.Events, cancellationToken);
        var start = slice.First?.Previous() ?? floor.Position;
        if (slice.Continuity != Continuity.Contiguous && start > Position)
        {
            var reason = slice.Continuity == Continuity.Vanished ? GapReasons.LogReset
                : _expected != Unknown ? GapReasons.SlowConsumer
                : GapReasons.Retention;
            return Skip(start, reason, _expected != Unknown && start == floor.Position ? floor.Index + 1 - _expected : null);
        }

        _batch.Clear();
        foreach (var entry in slice.Entries)
        {
            if (Filter.Matches(in entry.Keys))
            {
                _batch.Add(entry);
            }
        }

        _expected += _expected != Unknown ? slice.Entries.Count : 0;
        var after = Position;
        Position = slice.Upto;
        return new(ReaderStepKind.Batch, after, Position, _batch, slice.Scanned);
    }

    private ReaderStep Skip(LogPosition upto, string reason, long? missed = null)
    {
        var gap = new GapFrame { After = Position, Upto = upto > Position ? upto : Position, Missed = missed, Reason = reason };
        Position = gap.Upto;
        return new(ReaderStepKind.Gap, gap.After, gap.Upto, Gap: gap);
    }
}
