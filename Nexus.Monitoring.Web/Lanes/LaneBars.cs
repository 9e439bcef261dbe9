using System.Collections;

namespace Nexus.Monitoring.Web.Lanes;

/// <summary>
/// Pieces that have ended, in the order in which they did. Appended to and dropped from by one writer; a <see cref="Slice"/> shares what is there
/// instead of copying it, since a place is written once and chunks are let go of whole.
/// </summary>
internal sealed class LaneBars
{
    private const int ChunkSize = 1024;

    private readonly List<LaneBar[]> _chunks = [];

    /// <summary>Where the oldest stands in the first chunk.</summary>
    private int _start;

    public int Count { get; private set; }

    public LaneBar Oldest => _chunks[0][_start];

    public void Add(LaneBar bar)
    {
        var place = _start + Count;
        if (place == _chunks.Count * ChunkSize)
        {
            _chunks.Add(new LaneBar[ChunkSize]);
        }

        _chunks[place / ChunkSize][place % ChunkSize] = bar;
        Count++;
    }

    public void DropOldest()
    {
        Count--;
        if (++_start == ChunkSize)
        {
            _chunks.RemoveAt(0);
            _start = 0;
        }
    }

    public void Clear()
    {
        _chunks.Clear();
        (_start, Count) = (0, 0);
    }

    /// <summary>How many come before the first that ended at <paramref name="from"/> or later.</summary>
    public int CountBefore(DateTimeOffset from)
    {
        var passed = 0;
        while (passed < Count && _chunks[(_start + passed) / ChunkSize][(_start + passed) % ChunkSize].To < from)
        {
            passed++;
        }

        return passed;
    }

    /// <summary>All but the <paramref name="skipped"/> oldest, as they are now.</summary>
    public Slice Without(int skipped) => new([.. _chunks], _start + skipped, Count - skipped);

    /// <summary>Never changes.</summary>
    public sealed class Slice(LaneBar[][] chunks, int start, int count) : IReadOnlyList<LaneBar>
    {
        public int Count => count;

        public LaneBar this[int index] => (uint)index < (uint)count
            ? chunks[(start + index) / ChunkSize][(start + index) % ChunkSize]
            : throw new ArgumentOutOfRangeException(nameof(index));

        public IEnumerator<LaneBar> GetEnumerator()
        {
            for (var i = 0; i < count; i++)
            {
                yield return this[i];
            }
        }

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
