namespace Nexus.Monitoring.Api.Streaming;

/// <summary>What one client may read behind the ring, over all of its streams and requests. Thread-safe.</summary>
internal sealed class ReplayBudget(int entriesPerSecond, TimeProvider time)
{
    private readonly Lock _gate = new();
    private DateTimeOffset _paidUntil;

    /// <summary>Whether everything that was taken has been waited for.</summary>
    public bool IsIdle
    {
        get
        {
            lock (_gate)
            {
                return _paidUntil <= time.GetUtcNow();
            }
        }
    }

    /// <summary>Accounts for entries that were read; how long to wait before they are handed out.</summary>
    public TimeSpan Take(int entries)
    {
        lock (_gate)
        {
            var now = time.GetUtcNow();
            _paidUntil = (_paidUntil > now ? _paidUntil : now) + TimeSpan.FromSeconds((double)entries / entriesPerSecond);
            return _paidUntil - now;
        }
    }
}
