namespace Nexus.Monitoring.Api.Streaming;

/// <summary>
/// Gives back what a storm of new connections left behind: handshakes are most of the garbage of a node on which nothing else happens, and
/// without events no collection would come to fetch it. Runs on a quiet node only, because it stops the process for tens of milliseconds.
/// </summary>
internal sealed class MemoryTrim(LogFeed feed, StreamCapacity capacity, SessionSweep sweep) : IHostedService, ISwept
{
    /// <summary>Fewer leave too little behind for the pause to be worth it.</summary>
    private const long WorthTrimming = 500;

    private long _trimmed;
    private long _opened;
    private LogEntry? _head;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        sweep.Add(this);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        sweep.Remove(this);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public void Tick(long now)
    {
        var (opened, head) = (capacity.Opened, feed.Ring.Head);
        var isQuiet = opened == _opened && head == _head;
        (_opened, _head) = (opened, head);
        if (isQuiet && opened - _trimmed >= WorthTrimming)
        {
            _trimmed = opened;
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        }
    }
}
