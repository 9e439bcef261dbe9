using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Nexus.Monitoring.Contracts.State;

/// <summary>
/// The newest event ids, as 64-bit hashes, to know those that come again. Two different ids of one window have the same hash once in 10^15 events.
/// It takes 300 KB when full, allocates nothing from then on, and is the same wherever the same events are folded. Not thread-safe.
/// </summary>
/// <param name="capacity">How many are remembered.</param>
public sealed class EventIdWindow(int capacity)
{
    private readonly HashSet<ulong> _known = [];
    private readonly Queue<ulong> _order = new();

    /// <summary>False when the id is among those remembered. Events without an id are never taken for one another.</summary>
    /// <param name="eventId">Any text.</param>
    public bool TryAdd(string eventId) => string.IsNullOrEmpty(eventId) || TryAdd(Hash(eventId));

    /// <summary>All hashes from the oldest, 8 bytes each, little endian.</summary>
    public byte[] ToBytes()
    {
        var bytes = new byte[_order.Count * sizeof(ulong)];
        var rest = bytes.AsSpan();
        foreach (var hash in _order)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(rest, hash);
            rest = rest[sizeof(ulong)..];
        }

        return bytes;
    }

    /// <summary>Adds what <see cref="ToBytes"/> gave.</summary>
    public void Restore(ReadOnlySpan<byte> bytes)
    {
        for (; bytes.Length >= sizeof(ulong); bytes = bytes[sizeof(ulong)..])
        {
            TryAdd(BinaryPrimitives.ReadUInt64LittleEndian(bytes));
        }
    }

    private bool TryAdd(ulong hash)
    {
        if (!_known.Add(hash))
        {
            return false;
        }

        _order.Enqueue(hash);
        if (_order.Count > capacity)
        {
            _known.Remove(_order.Dequeue());
        }

        return true;
    }

    /// <summary>Multiply and fold, eight bytes at a time: the same in every process, unlike <see cref="string.GetHashCode()"/>.</summary>
    private static ulong Hash(string eventId)
    {
        const ulong Multiplier = 0x9FB21C651E98DF25;
        var bytes = MemoryMarshal.AsBytes(eventId.AsSpan());
        var hash = (ulong)bytes.Length * Multiplier;
        for (; bytes.Length >= sizeof(ulong); bytes = bytes[sizeof(ulong)..])
        {
            hash = Fold(hash ^ BinaryPrimitives.ReadUInt64LittleEndian(bytes));
        }

        for (; bytes.Length > 0; bytes = bytes[sizeof(char)..])
        {
            hash = Fold(hash ^ BinaryPrimitives.ReadUInt16LittleEndian(bytes));
        }

        return hash;

        static ulong Fold(ulong value)
        {
            var high = Math.BigMul(value, Multiplier, out var low);
            return high ^ low;
        }
    }
}
