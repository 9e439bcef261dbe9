using System.Collections.Concurrent;

namespace Nexus.Monitoring.Api.Streaming;

/// <summary>
/// Runs those who were woken one after another on one thread of the pool. A hop through the pool for each of a thousand clients costs as
/// much as a tenth of what is sent to them.
/// </summary>
internal sealed class WakeLane : IThreadPoolWorkItem
{
    /// <summary>Other work of the pool, such as reading the log, gets its turn in between.</summary>
    private const int Turn = 128;

    private const int Free = 0;
    private const int Taken = 1;

    /// <summary>As many as there are signals: each stands here at most once.</summary>
    private readonly ConcurrentQueue<WakeSignal> _woken = new();

    private int _state;

    /// <summary>The waiter of this signal goes on in its turn.</summary>
    public void Add(WakeSignal signal)
    {
        _woken.Enqueue(signal);
        Schedule();
    }

    /// <summary>Who is woken from now on waits for <see cref="Run"/>; false when the lane is at work already.</summary>
    public bool TryHold() => Interlocked.CompareExchange(ref _state, Taken, Free) == Free;

    /// <summary>After <see cref="TryHold"/>: lets those who were woken go on, on this thread.</summary>
    public void Run()
    {
        for (var i = 0; i < Turn && _woken.TryDequeue(out var signal); i++)
        {
            signal.Complete();
        }

        Interlocked.Exchange(ref _state, Free);
        if (!_woken.IsEmpty)
        {
            Schedule();
        }
    }

    void IThreadPoolWorkItem.Execute() => Run();

    private void Schedule()
    {
        if (Volatile.Read(ref _state) == Free && TryHold())
        {
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        }
    }
}
