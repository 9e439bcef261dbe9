namespace Nexus.Monitoring.Web.Events;

/// <summary>How far one export is. Written by the request that sends it, read by the page it was asked for on.</summary>
internal sealed class ExportProgress(string id, ExportFormat format)
{
    private long _bytes;
    private long _total = -1;
    private volatile string? _problem;
    private volatile bool _isDone;

    public string Id => id;

    public ExportFormat Format => format;

    public long Bytes => Interlocked.Read(ref _bytes);

    /// <summary>Events that it will hold; null until the API has said so.</summary>
    public long? Total => Interlocked.Read(ref _total) is >= 0 and var total ? total : null;

    public string? Problem => _problem;

    public bool IsDone => _isDone;

    public void Begin(long? total) => Interlocked.Exchange(ref _total, total ?? -1);

    public void Add(long bytes) => Interlocked.Add(ref _bytes, bytes);

    /// <summary>There comes no more.</summary>
    /// <param name="problem">Why it is not whole.</param>
    public void End(string? problem = null)
    {
        _problem = problem;
        _isDone = true;
    }
}
