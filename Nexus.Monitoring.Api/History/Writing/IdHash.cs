using System.IO.Hashing;
using System.Runtime.InteropServices;

namespace Nexus.Monitoring.Api.History.Writing;

/// <summary>A few bits of an id: enough to pass over nearly all rows without comparing texts. Stored in files: never changes.</summary>
internal static class IdHash
{
    private const uint OffsetBasis = 2166136261;
    private const uint Prime = 16777619;

    /// <summary>Sixty-four, which two different ids hardly ever share (XXH3 over UTF-16).</summary>
    public static ulong Whole(string id) => XxHash3.HashToUInt64(MemoryMarshal.AsBytes(id.AsSpan()));

    /// <summary>Sixteen (FNV-1a over UTF-16, folded).</summary>
    public static ushort Of(string id)
    {
        var hash = OffsetBasis;
        foreach (var character in id)
        {
            hash = (hash ^ character) * Prime;
        }

        return (ushort)(hash ^ (hash >> 16));
    }
}
