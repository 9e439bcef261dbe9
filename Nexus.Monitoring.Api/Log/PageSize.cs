namespace Nexus.Monitoring.Api.Log;

/// <summary>
/// How many events to read at once. Who is behind reads more at a time: its clients are then woken once for several events, and a write
/// costs about the same for one as for many. Bounded by count, and by the bytes that the last page makes likely.
/// </summary>
internal sealed class PageSize
{
    public const int Fewest = 500;
    public const int Most = 8000;

    /// <summary>Two pages of this many bytes are held: one that was read, and the one after it.</summary>
    public const int MostBytes = 8 * 1024 * 1024;

    public int Current { get; private set; } = Fewest;

    public void Learn(RawPage page)
    {
        if (!page.HasMore || page.Count == 0)
        {
            Current = Fewest;
            return;
        }

        var bytes = 0L;
        for (var i = 0; i < page.Count; i++)
        {
            bytes += page[i].Json?.Length ?? 0;
        }

        var average = Math.Max(1, bytes / page.Count);
        Current = (int)Math.Clamp(Math.Min(Current * 2L, MostBytes / average), Fewest, Most);
    }
}
