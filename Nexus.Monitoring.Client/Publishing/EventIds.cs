using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Nexus.Monitoring.Client.Publishing;

/// <summary>Version 7 UUIDs: unique without coordination, and sorted by time.</summary>
/// <seealso href="https://www.rfc-editor.org/rfc/rfc9562#section-5.7"/>
internal static class EventIds
{
    private const int Bytes = 16;

    /// <summary>Randomness is fetched for many ids at once: asking the system for each costs more than the rest of a publish call.</summary>
    private const int FetchedIds = 256;

    [ThreadStatic]
    private static byte[]? _random;

    [ThreadStatic]
    private static int _used;

    public static string Create(DateTimeOffset time)
    {
        Span<byte> id = stackalloc byte[Bytes];
        FillRandom(id);
        var milliseconds = time < DateTimeOffset.UnixEpoch ? 0 : time.ToUnixTimeMilliseconds();
        BinaryPrimitives.WriteUInt16BigEndian(id, (ushort)(milliseconds >> 32));
        BinaryPrimitives.WriteUInt32BigEndian(id[2..], (uint)milliseconds);
        id[6] = (byte)(0x70 | (id[6] & 0x0F));
        id[8] = (byte)(0x80 | (id[8] & 0x3F));
        return new Guid(id, bigEndian: true).ToString();
    }

    private static void FillRandom(Span<byte> id)
    {
        var random = _random;
        if (random is null || _used == random.Length)
        {
            random = _random ??= new byte[FetchedIds * Bytes];
            RandomNumberGenerator.Fill(random);
            _used = 0;
        }

        random.AsSpan(_used, Bytes).CopyTo(id);
        _used += Bytes;
    }
}
