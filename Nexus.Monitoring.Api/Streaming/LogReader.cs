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

    private const int MatchesAtOnce = 256;

    private readonly LogFeed _feed;
    private readonly IOlderEntries _older;
    private readonly ReaderLimits _limits;
    private readonly ReadAhead? _readAhead;
    private List<LogEntry>? _batch;
    private HeldPage? _page;
    private EventRing _ring;
    private bool _mustVerify;

    /// <summary>The position lies behind the ring, where whoever reads there sees whether it is one of this log.</summary>
    private bool _isForeignBehind;

    /// <summary>How many entries are read behind the ring at once; fewer where they are long.</summary>
    private int _olderAtOnce;

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
    /// <param name="readAhead">Whether it may read more than a step behind the ring; without, each step is read by itself.</param>
    public LogReader(
        LogFeed feed, IOlderEntries older, ReaderLimits limits, EventFilter filter, LogPosition after, bool isForeign = false,
        ReadAhead? readAhead = null)
    {
        _feed = feed;
        _older = older;
        _limits = limits;
        _readAhead = readAhead;
        _olderAtOnce = limits.Events;
        _ring = feed.Ring;
        _mustVerify = isForeign;
        Filter = filter;
        Position = after;
    }

    /// <summary>May be replaced between two steps; holds for everything after <see cref="Position"/>.</summary>
    public EventFilter Filter { get; set; }

    /// <summary>Readers of the same filter, which know the newest entries that match; null to look at each entry.</summary>
    public Cohort? Cohort { get; set; }

    /// <summary>Everything up to here was read.</summary>
    public LogPosition Position { get; private set; }

    /// <summary>Whether the log is known to have handed out <see cref="Position"/>, or the reader was told that it has not.</summary>
    public bool IsVerified => !_mustVerify;

    /// <summary>
    /// The log has not come to <see cref="Position"/> yet and never handed it out: events up to there would be taken for read.
    /// </summary>
    public bool IsAheadOfTheLog { get; private set; }

    /// <summary>Entries of the log between this reader and the newest one that was read; 0 when they cannot be counted.</summary>
    public long Lag => _expected == Unknown ? 0 : Math.Max(0, _ring.Published.Index + 1 - _expected);

    /// <summary>Where in the ring it stands; null when it does not.</summary>
    public ReaderPlace? Place => _next == Unknown || _ring != _feed.Ring ? null : new ReaderPlace(_ring, _next);

    /// <summary>Goes to the end of a frame that holds everything that matches from where the reader's last interval ended.</summary>
    public bool TryMoveTo(SharedFrame frame)
    {
        if (_mustVerify || frame.Place.Ring != _ring || _ring != _feed.Ring || frame.Upto <= Position)
        {
            return false;
        }

        Close();
        Position = frame.Upto;
        _next = _expected = frame.Place.Next;
        return true;
    }

    /// <summary>Whether it holds more than a step.</summary>
    public bool HoldsPage => _page is not null;

    /// <summary>Gives up what lies between this reader and the newest entry.</summary>
    public GapFrame SkipToHead()
    {
        Close();
        var head = _ring.Published;
        var gap = Skip(head.Position, GapReasons.SlowConsumer, Lag).Gap!;
        _next = _expected = head.Index + 1;
        return gap;
    }

    /// <exception cref="LogAwayException">What is needed lies behind the ring, and the log does not answer. The reader is unchanged.</exception>
    public ValueTask<ReaderStep> NextAsync(CancellationToken cancellationToken)
    {
        Release();
        var ring = _feed.Ring;
        if (ring != _ring)
        {
            return new(Enter(ring));
        }

        return !_mustVerify && TryReadRing(out var step) ? new(step) : new(ReadOutsideAsync(cancellationToken));
    }

    /// <summary>The entries of the last step are no longer needed: a reader that waits, or whose client does, holds none.</summary>
    public void Release()
    {
        if (_batch is { } batch)
        {
            _batch = null;
            EntryLists.Return(batch);
        }
    }

    /// <summary>Nothing that was read is needed any longer.</summary>
    public void Close()
    {
        Release();
        if (_page is not null)
        {
            _page = null;
            _readAhead!.GiveBack();
        }
    }

    /// <summary>Who takes nothing for now gets a batch at a time again, and more as long as it takes them.</summary>
    public void GiveUpPage()
    {
        if (_page is { } page)
        {
            _olderAtOnce = Math.Max(1, page.LastHandedOut);
            Close();
        }
    }

    private ReaderStep Enter(EventRing ring)
    {
        Close();
        _ring = ring;
        _next = _expected = Unknown;
        if (ring.StartReason is not { } reason)
        {
            return new(ReaderStepKind.Batch, Position, Position, EntryLists.Empty);
        }

        // What lies behind the start of the ring is either of the log as it is now, or of none.
        _mustVerify = Position > ring.Start;
        _isForeignBehind = false;
        return _mustVerify ? new(ReaderStepKind.Batch, Position, Position, EntryLists.Empty) : Skip(ring.Start, reason);
    }

    private bool TryReadRing(out ReaderStep step)
    {
        step = default;
        if (_next == Unknown && Position > _ring.Head.Position)
        {
            // A node that is further has handed this out; what comes up to there was read from it.
            return true;
        }

        if (_next == Unknown)
        {
            if (!_ring.TrySeek(Position, out _next))
            {
                _next = Unknown;
                return false;
            }

            Close();
            _isForeignBehind = false;
        }

        var after = Position;
        var scanned = Cohort is { } cohort && TryReadMatches(cohort, out var passed) ? passed : Scan();
        step = scanned > 0 ? new(ReaderStepKind.Batch, after, Position, _batch ?? EntryLists.Empty, scanned) : default;
        return scanned > 0 || _next != Unknown;
    }

    /// <summary>Takes what matches from those who know it, and passes over the rest.</summary>
    private bool TryReadMatches(Cohort cohort, out int passed)
    {
        passed = 0;
        var first = _next;
        var end = _ring.Published;
        Span<long> matches = stackalloc long[Math.Min(_limits.Events, MatchesAtOnce)];
        if (cohort.Filter != Filter || !cohort.TryRead(_ring, _next, end.Index, matches, out var count))
        {
            return false;
        }

        var bytes = 0;
        var isAll = count < matches.Length;
        for (var i = 0; i < count; i++)
        {
            if (_ring.Get(matches[i]) is not { } entry)
            {
                // Overtaken by the writer; what was passed over did not match.
                _expected = _next;
                _next = Unknown;
                passed = (int)(_expected - first);
                return true;
            }

            if (!_limits.HasRoomFor(entry, bytes))
            {
                isAll = false;
                break;
            }

            Take(entry);
            bytes += entry.Json.Length;
            Position = entry.Position;
            _next = entry.Index + 1;
        }

        if (isAll && end.Index >= _next)
        {
            Position = end.Position;
            _next = end.Index + 1;
        }

        _expected = _next;
        passed = (int)(_next - first);
        return true;
    }

    private int Scan()
    {
        var (scanned, taken, bytes) = (0, 0, 0);
        var head = _ring.Head.Index;
        while (_next <= head && scanned < _limits.Scan && taken < _limits.Events)
        {
            if (_ring.Get(_next) is not { } entry)
            {
                _expected = _next;
                _next = Unknown;
                break;
            }

            if (entry.IsWantedBy(Filter))
            {
                if (!_limits.HasRoomFor(entry, bytes))
                {
                    break;
                }

                Take(entry);
                taken++;
                bytes += entry.Json.Length;
            }

            Position = entry.Position;
            _next++;
            scanned++;
        }

        _expected = _next != Unknown ? _next : _expected;
        return scanned;
    }

    private void Take(LogEntry entry) => (_batch ??= EntryLists.Rent()).Add(entry);

    private async Task<ReaderStep> ReadOutsideAsync(CancellationToken cancellationToken)
    {
        if (_mustVerify)
        {
            var place = await FindAsync(cancellationToken);
            _mustVerify = false;
            if (!place.IsKnown)
            {
                IsAheadOfTheLog = place.End < Position;
                return Skip(place.End, place.IsTrimmed ? GapReasons.Retention : GapReasons.LogReset);
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
    /// Where the position stands. One before the ring is seen to when reading there; one after the head may come from a node that is further.
    /// </summary>
    private async ValueTask<CursorPlace> FindAsync(CancellationToken cancellationToken)
    {
        // The ring goes on meanwhile: one that it let go of while it was looked for there is behind it, not unknown.
        var isThere = _ring.Contains(Position);
        _isForeignBehind = Position <= _ring.Floor.Position;
        return _isForeignBehind || isThere
            ? new CursorPlace(true, Position)
            : await _older.FindAsync(Position, cancellationToken);
    }

    private async Task<ReaderStep> ReadOlderAsync(LogEntry floor, CancellationToken cancellationToken)
    {
        if (_page is { } held)
        {
            return TakeFrom(held, isHeld: true, replayed: 0);
        }

        var isHeld = false;
        var ahead = _readAhead?.TryTake() == true ? _readAhead : null;
        try
        {
            var limits = ahead?.Limits ?? _limits;
            var slice = await _older.ReadAsync(
                Position, floor.Position, Math.Min(_olderAtOnce, limits.Events), _isForeignBehind, cancellationToken);
            _isForeignBehind = false;
            var start = slice.First?.Previous() ?? floor.Position;
            if (slice.Continuity != Continuity.Contiguous && start > Position)
            {
                var isReset = slice.Continuity == Continuity.Vanished || (_ring.StartReason == GapReasons.LogReset && Position < _ring.Start);
                var reason = isReset ? GapReasons.LogReset
                    : _expected != Unknown ? GapReasons.SlowConsumer
                    : GapReasons.Retention;
                return Skip(start, reason, _expected != Unknown && start == floor.Position ? floor.Index + 1 - _expected : null);
            }

            var bytes = slice.Entries.Sum(entry => (long)entry.Json.Length);
            _olderAtOnce = NextCount(slice.Entries.Count, bytes, limits);
            var page = new HeldPage(slice);
            var step = TakeFrom(page, isHeld: false, slice.Scanned);
            if (ahead is not null && !page.IsUsedUp && bytes <= 2L * limits.Bytes)
            {
                _page = page;
                isHeld = true;
            }

            return step;
        }
        finally
        {
            if (!isHeld)
            {
                ahead?.GiveBack();
            }
        }
    }

    /// <summary>How many to read next, by the bytes of those that were read: twice as many at most.</summary>
    private int NextCount(int read, long bytes, ReaderLimits limits)
    {
        var fitting = bytes > limits.Bytes ? (long)limits.Bytes * read / bytes : limits.Events;
        return (int)Math.Clamp(Math.Min(fitting, _olderAtOnce * 2L), 1, limits.Events);
    }

    private ReaderStep TakeFrom(HeldPage page, bool isHeld, int replayed)
    {
        var entries = page.Slice.Entries;
        var next = TakeOlder(entries, page.Next);
        _expected += _expected != Unknown ? next - page.Next : 0;
        var (after, scanned) = (Position, page.HandOutUpTo(next));
        Position = page.IsUsedUp ? page.Slice.Upto : entries[next - 1].Position;
        var step = new ReaderStep(ReaderStepKind.Batch, after, Position, _batch ?? EntryLists.Empty, scanned, Replayed: replayed);
        if (isHeld && page.IsUsedUp)
        {
            _page = null;
            _readAhead!.GiveBack();
        }

        return step;
    }

    /// <summary>A batch from behind the ring is no larger than any: it is what a client that takes nothing more makes the node hold.</summary>
    /// <returns>Index of the first that was not taken.</returns>
    private int TakeOlder(IReadOnlyList<LogEntry> entries, int from)
    {
        var (taken, bytes) = (0, 0L);
        for (var i = from; i < entries.Count; i++)
        {
            if (entries[i].IsWantedBy(Filter))
            {
                if (taken == _limits.Events || !_limits.HasRoomFor(entries[i], bytes))
                {
                    return i;
                }

                Take(entries[i]);
                taken++;
                bytes += entries[i].Json.Length;
            }
        }

        return entries.Count;
    }

    private ReaderStep Skip(LogPosition upto, string reason, long? missed = null)
    {
        var gap = new GapFrame { After = Position, Upto = upto > Position ? upto : Position, Missed = missed, Reason = reason };
        Position = gap.Upto;
        return new(ReaderStepKind.Gap, gap.After, gap.Upto, Gap: gap);
    }
}
