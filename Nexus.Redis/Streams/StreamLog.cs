namespace Nexus.Redis.Streams;

/// <summary>
/// The entries of one stream, ordered by id. Appending and trimming at the front touch one block; finding an id is a binary
/// search over blocks and then inside one. Everything here is a function of the calls made, never of a clock, because a
/// restart makes the same calls again from the append-only file.
/// </summary>
internal sealed class StreamLog
{
    private readonly BlockQueue _blocks = new();

    public long Length { get; private set; }

    /// <summary>The highest id ever given, also when its entry is gone: ids never go backwards.</summary>
    public StreamId LastId { get; set; }

    public StreamId MaxDeletedId { get; set; }

    public ulong EntriesAdded { get; set; }

    /// <summary>Bytes on the heap.</summary>
    public long Memory { get; private set; } = 200;

    public int BlockCount => _blocks.Count;

    public StreamId FirstId => Length == 0 ? StreamId.Min : _blocks[0].First;

    /// <summary>Appends an entry of which the caller fills the fields.</summary>
    /// <param name="id">Must be higher than <see cref="LastId"/>.</param>
    /// <param name="length">Length of the fields as a reply.</param>
    public Span<byte> Append(StreamId id, int length)
    {
        var block = BlockToAppendTo();
        var memory = block.Memory;
        var fields = block.Append(id, length);
        Memory += block.Memory - memory;
        LastId = id;
        EntriesAdded++;
        Length++;
        return fields;
    }

    public StreamCursor From(StreamId id)
    {
        var block = _blocks.IndexOf(id);
        return new StreamCursor(_blocks, block, block < _blocks.Count ? _blocks[block].IndexOf(id) : 0);
    }

    public bool Remove(StreamId id)
    {
        var at = _blocks.IndexOf(id);
        if (at == _blocks.Count)
        {
            return false;
        }

        var block = _blocks[at];
        var index = block.IndexOf(id);
        if (block.Id(index) != id)
        {
            return false;
        }

        block.Remove(index);
        Length--;
        if (block.Count == 0)
        {
            Memory -= block.Memory;
            _blocks.RemoveAt(at);
        }

        MaxDeletedId = id > MaxDeletedId ? id : MaxDeletedId;
        return true;
    }

    /// <summary>Removes from the front and says how many entries went.</summary>
    public long Trim(StreamTrim trim)
    {
        var removed = 0L;
        while (_blocks.Count > 0)
        {
            var block = _blocks[0];
            var count = CountToTrim(block, trim);
            if (count == 0 || (trim.Limit > 0 && removed + block.Count > trim.Limit) || (trim.Approximate && count < block.Count))
            {
                break;
            }

            removed += count;
            Length -= count;
            if (count < block.Count)
            {
                block.RemoveFirst(count);
                break;
            }

            Memory -= block.Memory;
            _blocks.RemoveFirst();
        }

        return removed;
    }

    /// <summary>Removes whole blocks from the front until at most <paramref name="bytes"/> are taken; the last block stays.</summary>
    public void TrimToMemory(long bytes)
    {
        while (Memory > bytes && _blocks.Count > 1)
        {
            Length -= _blocks[0].Count;
            Memory -= _blocks[0].Memory;
            _blocks.RemoveFirst();
        }
    }

    /// <summary>For reading a stored stream back, block by block.</summary>
    public void AddBlock(StreamBlock block)
    {
        _blocks.Add(block);
        Memory += block.Memory;
        Length += block.Count;
    }

    public StreamBlock Block(int index) => _blocks[index];

    private StreamBlock BlockToAppendTo()
    {
        if (_blocks.Count > 0)
        {
            var last = _blocks.Last;
            if (!last.IsFull)
            {
                return last;
            }

            Memory -= last.Memory;
            last.Seal();
            Memory += last.Memory;
        }

        var block = new StreamBlock();
        AddBlock(block);
        return block;
    }

    private int CountToTrim(StreamBlock block, StreamTrim trim) => trim.Strategy switch
    {
        StreamTrimStrategy.MaxLength => (int)Math.Clamp(Length - trim.MaxLength, 0, block.Count),
        StreamTrimStrategy.MinId => block.IndexOf(trim.MinId),
        _ => 0,
    };
}
