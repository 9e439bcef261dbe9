namespace Nexus.Monitoring.Api.History.Writing;

/// <summary>A few bits of an id: enough to pass over nearly all rows without comparing texts. Stored in files: never changes.</summary>
internal static class IdHash
{
    private const uint OffsetBasis = 2166136261;
    private const uint Prime = 16777619;

    /// <summary>Fourteen of them: they pass over all but one in 16 384 rows, and every event of a task pays for them.</summary>
    public static ushort OfTask(string id) => (ushort)(Of(id) & 0x3FFF);

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
