namespace Nexus.Monitoring.Api.Streaming;

/// <summary>
/// How many readers may hold a page of what lies behind the ring, from which they are served batch by batch: a batch is a few entries, and
/// asking the log for each of them takes longer than all else. Who finds no room asks for each batch. Thread-safe.
/// </summary>
/// <param name="limits">Of a page, about: it is read by count, and its bytes are known afterwards.</param>
/// <param name="pages">Most of them at once.</param>
internal sealed class ReadAhead(ReaderLimits limits, int pages = ReadAhead.Pages)
{
    private const int Pages = 64;

    private int _left = pages;

    public ReaderLimits Limits => limits;

    public bool TryTake()
    {
        if (Interlocked.Decrement(ref _left) >= 0)
        {
            return true;
        }

        GiveBack();
        return false;
    }

    public void GiveBack() => Interlocked.Increment(ref _left);
}
