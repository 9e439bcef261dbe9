namespace Nexus.Redis.Streams;

/// <summary>Blocks in order of id: added at the end, removed at the front without moving the rest.</summary>
internal sealed class BlockQueue
{
    private StreamBlock?[] _blocks = new StreamBlock?[4];
    private int _start;

    public int Count { get; private set; }

    public StreamBlock Last => this[Count - 1];

    public StreamBlock this[int index] => _blocks[_start + index]!;

    public void Add(StreamBlock block)
    {
        if (_start + Count == _blocks.Length)
        {
            // Room is made by moving to the front while at least half of the array is free, so that adding costs O(1) on average.
            var target = Count > _blocks.Length / 2 ? new StreamBlock?[_blocks.Length * 2] : _blocks;
            Array.Copy(_blocks, _start, target, 0, Count);
            Array.Clear(target, Count, target.Length - Count);
            (_blocks, _start) = (target, 0);
        }

        _blocks[_start + Count++] = block;
    }

    public void RemoveFirst()
    {
        _blocks[_start++] = null;
        Count--;
    }

    public void RemoveAt(int index)
    {
        Array.Copy(_blocks, _start + index + 1, _blocks, _start + index, Count - index - 1);
        Count--;
        _blocks[_start + Count] = null;
    }

    /// <summary>Index of the block that holds the first entry at or after <paramref name="id"/>, <see cref="Count"/> when there is none.</summary>
    public int IndexOf(StreamId id)
    {
        var (low, high) = (0, Count);
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            (low, high) = this[middle].Last < id ? (middle + 1, high) : (low, middle);
        }

        return low;
    }
}
