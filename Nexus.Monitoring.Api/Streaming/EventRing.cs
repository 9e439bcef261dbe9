using Nexus.Monitoring.Contracts.Log;

namespace Nexus.Monitoring.Api.Streaming;

/// <summary>
/// The newest part of the log in memory: every event in the interval (<see cref="Floor"/>, <see cref="Head"/>]. Bounded by count and by
/// bytes; the oldest give way. One writer; any number of readers, which take no lock.
/// </summary>
/// <remarks>
/// A reader that finds a slot empty or holding another index was overtaken by the writer and looks the position up anew. A log that
/// cannot be continued (reset, or trimmed past the tail) starts a new ring, so that holding an old one tells a reader that it missed something.
/// </remarks>
internal sealed class EventRing
{
    /// <summary>
    /// As many as the tail hands out ahead of the reader that folds them; older ones, which that reader passed or never comes to, keep bytes only.
    /// </summary>
    public const int MaxDecoded = 8192;

    private readonly LogEntry?[] _slots;
    private readonly int _mask;
    private readonly int _maxEvents;
    private readonly long _maxBytes;
    private long _bytes;
    private volatile LogEntry _floor;
    private volatile LogEntry _head;
    private volatile LogEntry _published;

    /// <param name="start">Everything after it will be appended.</param>
    /// <param name="maxEvents">Most events held.</param>
    /// <param name="maxBytes">Most bytes of JSON held, but always at least one event.</param>
    /// <param name="startReason">Why an earlier ring was given up, one of <see cref="Contracts.Frames.GapReasons"/>.</param>
    public EventRing(LogPosition start, int maxEvents, long maxBytes, string? startReason = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxEvents, 1);
        var size = (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)maxEvents);
        _slots = new LogEntry?[size];
        _mask = size - 1;
        _maxEvents = maxEvents;
        _maxBytes = maxBytes;
        _floor = _head = _published = new LogEntry(start, default, default);
        Start = start;
        StartReason = startReason;
    }

    public LogPosition Start { get; }

    public string? StartReason { get; }

    /// <summary>The entry before the oldest one held; before the first eviction one without an event.</summary>
    public LogEntry Floor => _floor;

    /// <summary>The newest entry; <see cref="Floor"/> when there is none.</summary>
    public LogEntry Head => _head;

    /// <summary>The newest entry that was routed: whoever is told of its entries by a cohort has heard of all up to here.</summary>
    public LogEntry Published => _published;

    /// <summary>Bytes of JSON held; for the writer and for metrics.</summary>
    public long Bytes => Volatile.Read(ref _bytes);

    public long Count => _head.Index - _floor.Index;

    public void Append(LogEntry entry)
    {
        if (entry.Position <= _head.Position)
        {
            throw new InvalidOperationException($"Entry {entry.Position} does not lie after {_head.Position}.");
        }

        var bytes = _bytes + entry.Json.Length;
        while (Count > 0 && (Count >= _maxEvents || bytes > _maxBytes))
        {
            bytes -= Evict();
        }

        entry.Index = _head.Index + 1;
        Volatile.Write(ref _slots[entry.Index & _mask], entry);
        Volatile.Write(ref _bytes, bytes);
        _head = entry;
        if (Get(entry.Index - MaxDecoded) is { } passed)
        {
            passed.Decoded = null;
        }
    }

    /// <summary>All entries that were appended have been routed.</summary>
    public void Publish() => _published = _head;

    /// <summary>The entry of this index; null when it was evicted or is not yet there.</summary>
    public LogEntry? Get(long index)
    {
        var entry = Volatile.Read(ref _slots[index & _mask]);
        return entry?.Index == index && index <= _head.Index ? entry : null;
    }

    /// <summary>Finds where the entries after a position begin; false when some of them are no longer here.</summary>
    public bool TrySeek(LogPosition after, out long index)
    {
        while (true)
        {
            var floor = _floor;
            var head = _head;
            index = head.Index + 1;
            if (after < floor.Position)
            {
                return false;
            }

            if (after >= head.Position || TrySearch(after, floor.Index + 1, ref index))
            {
                return true;
            }
        }
    }

    public bool Contains(LogPosition position) =>
        position == _head.Position
        || (position > LogPosition.Start && TrySeek(position.Previous(), out var index) && Get(index)?.Position == position);

    private bool TrySearch(LogPosition after, long low, ref long high)
    {
        while (low < high)
        {
            var middle = low + ((high - low) / 2);
            var entry = Get(middle);
            if (entry is null)
            {
                return false;
            }

            if (entry.Position > after)
            {
                high = middle;
            }
            else
            {
                low = middle + 1;
            }
        }

        return true;
    }

    private int Evict()
    {
        ref var slot = ref _slots[(_floor.Index + 1) & _mask];
        var oldest = slot!;
        _floor = oldest;
        Volatile.Write(ref slot, null);
        return oldest.Json.Length;
    }
}
