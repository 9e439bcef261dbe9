namespace Nexus.Monitoring.Api.Streaming;

/// <summary>What a reader has read behind the ring and hands out batch by batch. Not thread-safe.</summary>
/// <param name="slice">What was read.</param>
internal sealed class HeldPage(OlderSlice slice)
{
    public OlderSlice Slice => slice;

    /// <summary>Index of the first of its entries that was not handed out yet.</summary>
    public int Next { get; private set; }

    /// <summary>How many of them the last batch was.</summary>
    public int LastHandedOut { get; private set; }

    public bool IsUsedUp => Next == slice.Entries.Count;

    /// <summary>Notes that what lies before an index was handed out.</summary>
    /// <returns>How many entries that makes, with those at the end of the page that are no events.</returns>
    public int HandOutUpTo(int next)
    {
        var count = next - Next + (next == slice.Entries.Count ? slice.Scanned - slice.Entries.Count : 0);
        LastHandedOut = next - Next;
        Next = next;
        return count;
    }
}
