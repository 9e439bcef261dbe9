namespace Nexus.Fanout.Protocols;

/// <summary>A client that has not got its stream yet. Its answer so far is kept, at most 16 KB.</summary>
internal sealed class Handshake(int client, string? cursor)
{
    private const int Capacity = 16 * 1024;

    private byte[] _bytes = new byte[1024];
    private int _length;

    public int Client => client;

    public string? Cursor => cursor;

    /// <summary>Counted up by the protocol.</summary>
    public int Stage { get; set; }

    public ReadOnlySpan<byte> Received => _bytes.AsSpan(0, _length);

    public void Add(ReadOnlySpan<byte> bytes)
    {
        if (_length + bytes.Length > Capacity)
        {
            throw new FanoutException($"Client {client} got more than {Capacity} bytes and still no answer to its handshake.");
        }

        if (_length + bytes.Length > _bytes.Length)
        {
            Array.Resize(ref _bytes, Capacity);
        }

        bytes.CopyTo(_bytes.AsSpan(_length));
        _length += bytes.Length;
    }

    public void Consume(int count)
    {
        _bytes.AsSpan(count, _length - count).CopyTo(_bytes);
        _length -= count;
    }
}
