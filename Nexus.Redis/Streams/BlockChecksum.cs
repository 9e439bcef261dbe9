using System.Numerics;
using System.Runtime.InteropServices;

namespace Nexus.Redis.Streams;

/// <summary>CRC-32C over what a block stores, so that a file that was cut or overwritten is noticed instead of read.</summary>
internal static class BlockChecksum
{
    public static uint Of(ReadOnlySpan<byte> ids, ReadOnlySpan<byte> lengths, ReadOnlySpan<byte> fields) =>
        Continue(Continue(Continue(uint.MaxValue, ids), lengths), fields);

    private static uint Continue(uint checksum, ReadOnlySpan<byte> bytes)
    {
        var words = MemoryMarshal.Cast<byte, ulong>(bytes);
        foreach (var word in words)
        {
            checksum = BitOperations.Crc32C(checksum, word);
        }

        foreach (var rest in bytes[(words.Length * sizeof(ulong))..])
        {
            checksum = BitOperations.Crc32C(checksum, rest);
        }

        return checksum;
    }
}
