namespace Nexus.Monitoring.Api.History.Storage;

/// <summary>
/// A set of hashes in ten bits for each, which says of any other hash that it is in it once in a hundred times, and of its own always.
/// Stored in files: never changes.
/// </summary>
internal static class BloomFilter
{
    private const int BitsPerHash = 10;
    private const int Probes = 5;

    public static byte[] Of(IReadOnlyCollection<ulong> hashes)
    {
        var bits = new byte[((hashes.Count * BitsPerHash) + 7) / 8];
        foreach (var hash in hashes)
        {
            for (var probe = 0; probe < Probes; probe++)
            {
                var bit = Bit(hash, probe, bits.Length);
                bits[bit >> 3] |= (byte)(1 << (bit & 7));
            }
        }

        return bits;
    }

    public static bool MayContain(ReadOnlySpan<byte> bits, ulong hash)
    {
        for (var probe = 0; probe < Probes && bits.Length > 0; probe++)
        {
            var bit = Bit(hash, probe, bits.Length);
            if ((bits[bit >> 3] & (1 << (bit & 7))) == 0)
            {
                return false;
            }
        }

        return bits.Length > 0;
    }

    /// <summary>Double hashing with the halves of one hash.</summary>
    private static int Bit(ulong hash, int probe, int bytes)
    {
        var mixed = (uint)hash + ((uint)probe * ((uint)(hash >> 32) | 1));
        return (int)((mixed * ((ulong)bytes * 8)) >> 32);
    }
}
