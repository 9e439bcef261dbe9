namespace Nexus.Monitoring.Api.History.Writing;

/// <summary>Sixteen bits of an id: enough to pass over all but one in 65 536 rows at two bytes each.</summary>
internal static class IdHash
{
    private const uint OffsetBasis = 2166136261;
    private const uint Prime = 16777619;

    /// <summary>FNV-1a over UTF-16, folded. Stored in files: never changes.</summary>
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
