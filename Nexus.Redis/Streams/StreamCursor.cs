namespace Nexus.Redis.Streams;

/// <summary>A place between two entries, from which one reads in either direction. Valid until the stream changes.</summary>
internal struct StreamCursor(BlockQueue blocks, int block, int index)
{
    private int _block = block;
    private int _index = index;

    public readonly StreamId Id => blocks[_block].Id(_index);

    public readonly ReadOnlySpan<byte> Fields => blocks[_block].Fields(_index);

    /// <summary>Whether an entry follows; it is then the current one.</summary>
    public bool Forward()
    {
        while (_block < blocks.Count && _index >= blocks[_block].Count)
        {
            (_block, _index) = (_block + 1, 0);
        }

        return _block < blocks.Count;
    }

    /// <summary>Steps over the current entry.</summary>
    public void Skip() => _index++;

    /// <summary>Steps to the entry before, if there is one.</summary>
    public bool Back()
    {
        while (_index == 0)
        {
            if (_block == 0)
            {
                return false;
            }

            _block--;
            _index = blocks[_block].Count;
        }

        _index--;
        return true;
    }
}
