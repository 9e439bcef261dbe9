namespace Nexus.Monitoring.Web.TimeMachine;

/// <summary>How many viewers may look at the past at the same time: each has a state of its own in this process's memory. Thread-safe.</summary>
internal sealed class TimeViewLimit
{
    public const int Most = 32;

    private int _open;

    public int Open => Volatile.Read(ref _open);

    public bool TryEnter()
    {
        if (Interlocked.Increment(ref _open) <= Most)
        {
            return true;
        }

        Interlocked.Decrement(ref _open);
        return false;
    }

    public void Leave() => Interlocked.Decrement(ref _open);
}
