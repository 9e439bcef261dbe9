using System.Runtime.InteropServices;

namespace Nexus.Redis.Streams;

/// <summary>
/// Up to 100 neighbouring entries of a stream, the unit in which trimming gives memory back. The fields of an entry are
/// kept as the reply that XRANGE sends for them (<c>*2\r\n$1\r\ne\r\n$5\r\nhello\r\n</c>), all in one array, so that 250 000 entries
/// are some thousand objects for the garbage collector and reading copies bytes only.
/// </summary>
internal sealed class StreamBlock
{
    /// <summary>What redis-server puts into one node, so that trimming with <c>~</c> leaves about as many entries here.</summary>
    public const int MaxEntries = 100;

    private const int MaxBytes = 1 << 20;

    private StreamId[] _ids;
    private int[] _ends;
    private byte[] _bytes;

    /// <summary>Entries before this were trimmed.</summary>
    private int _start;

    /// <summary>Where the next entry goes.</summary>
    private int _end;

    public StreamBlock()
        : this(new StreamId[4], new int[4], new byte[256], 0)
    {
    }

    private StreamBlock(StreamId[] ids, int[] ends, byte[] bytes, int end) => (_ids, _ends, _bytes, _end) = (ids, ends, bytes, end);

    public int Count => _end - _start;

    public bool IsFull => _end == MaxEntries || End(_end) >= MaxBytes;

    public StreamId First => _ids[_start];

    public StreamId Last => _ids[_end - 1];

    public long Memory => _bytes.Length + (_ids.Length * 16L) + (_ends.Length * 4L) + 120;

    public StreamId Id(int index) => _ids[_start + index];

    public ReadOnlySpan<byte> Fields(int index) => _bytes.AsSpan(End(_start + index)..End(_start + index + 1));

    /// <summary>The caller fills the returned span with the fields of the new entry.</summary>
    public Span<byte> Append(StreamId id, int length)
    {
        if (_end == _ids.Length)
        {
            var capacity = Math.Min(_ids.Length * 4, MaxEntries);
            Array.Resize(ref _ids, capacity);
            Array.Resize(ref _ends, capacity);
        }

        var from = End(_end);
        if (from + length > _bytes.Length)
        {
            Array.Resize(ref _bytes, Math.Max(from + length, Math.Min(_bytes.Length * 2, MaxBytes)));
        }

        _ids[_end] = id;
        _ends[_end] = from + length;
        _end++;
        return _bytes.AsSpan(from, length);
    }

    /// <summary>Gives back what was reserved for entries that will not come.</summary>
    public void Seal() => Array.Resize(ref _bytes, End(_end));

    public void RemoveFirst(int count) => _start += count;

    public void Remove(int index)
    {
        var at = _start + index;
        var (from, length) = (End(at), End(at + 1) - End(at));
        _bytes.AsSpan((from + length)..End(_end)).CopyTo(_bytes.AsSpan(from));
        for (var next = at + 1; next < _end; next++)
        {
            _ids[next - 1] = _ids[next];
            _ends[next - 1] = _ends[next] - length;
        }

        _end--;
    }

    /// <summary>Index of the first entry at or after <paramref name="id"/>, <see cref="Count"/> when there is none.</summary>
    public int IndexOf(StreamId id)
    {
        var index = _ids.AsSpan(_start, Count).BinarySearch(id);
        return index >= 0 ? index : ~index;
    }

    public void Write(BinaryWriter writer)
    {
        Span<int> lengths = stackalloc int[Count];
        for (var index = 0; index < lengths.Length; index++)
        {
            lengths[index] = End(_start + index + 1) - End(_start + index);
        }

        var ids = MemoryMarshal.AsBytes(_ids.AsSpan(_start, Count));
        var fields = _bytes.AsSpan(End(_start)..End(_end));
        writer.Write(Count);
        writer.Write(fields.Length);
        writer.Write(ids);
        writer.Write(MemoryMarshal.AsBytes(lengths));
        writer.Write(fields);
        writer.Write(BlockChecksum.Of(ids, MemoryMarshal.AsBytes(lengths), fields));
    }

    /// <exception cref="InvalidDataException">Not what was written.</exception>
    public static StreamBlock Read(BinaryReader reader)
    {
        var count = reader.ReadInt32();
        var length = reader.ReadInt32();
        if (count is < 0 or > MaxEntries || length < 0)
        {
            throw Damaged();
        }

        var ids = new StreamId[MaxEntries];
        var ends = new int[MaxEntries];
        var bytes = new byte[length];
        var idBytes = MemoryMarshal.AsBytes(ids.AsSpan(0, count));
        var lengthBytes = MemoryMarshal.AsBytes(ends.AsSpan(0, count));
        reader.ReadExactly(idBytes);
        reader.ReadExactly(lengthBytes);
        reader.ReadExactly(bytes);
        if (reader.ReadUInt32() != BlockChecksum.Of(idBytes, lengthBytes, bytes))
        {
            throw Damaged();
        }

        for (var at = 1; at < count; at++)
        {
            ends[at] += ends[at - 1];
        }

        return new StreamBlock(ids, ends, bytes, count);
    }

    private static InvalidDataException Damaged() => new("a stream in the last checkpoint is damaged");

    private int End(int position) => position == 0 ? 0 : _ends[position - 1];
}
