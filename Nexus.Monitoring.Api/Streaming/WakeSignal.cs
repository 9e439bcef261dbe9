using System.Threading.Tasks.Sources;

namespace Nexus.Monitoring.Api.Streaming;

/// <summary>
/// Lets one waiter sleep until somebody has news. Allocates once in its life; setting it while nobody waits is remembered, setting it
/// again changes nothing. The waiter goes on elsewhere, so a setter never runs a waiter's code.
/// </summary>
/// <param name="lane">Where the waiter goes on; null for the thread pool.</param>
internal sealed class WakeSignal(WakeLane? lane = null) : IValueTaskSource, IThreadPoolWorkItem
{
    private const int Idle = 0;
    private const int Ready = 1;
    private const int Waiting = 2;

    /// <summary>The waiter is about to go on, and will see whatever is news until then.</summary>
    private const int Woken = 3;

    private ManualResetValueTaskSourceCore<bool> _source;
    private int _state;

    public void Set()
    {
        while (true)
        {
            switch (Volatile.Read(ref _state))
            {
                case Ready or Woken:
                    return;
                case Idle when Interlocked.CompareExchange(ref _state, Ready, Idle) == Idle:
                    return;
                case Waiting when Interlocked.CompareExchange(ref _state, Woken, Waiting) == Waiting:
                    Wake();
                    return;
            }
        }
    }

    /// <summary>Completes once it is set, at once if it already is. For one waiter at a time.</summary>
    public ValueTask WaitAsync()
    {
        _source.Reset();
        if (Interlocked.CompareExchange(ref _state, Waiting, Idle) == Idle)
        {
            return new ValueTask(this, _source.Version);
        }

        Interlocked.Exchange(ref _state, Idle);
        return ValueTask.CompletedTask;
    }

    /// <summary>Lets the waiter go on, on this thread.</summary>
    public void Complete()
    {
        Interlocked.Exchange(ref _state, Idle);
        _source.SetResult(true);
    }

    void IThreadPoolWorkItem.Execute() => Complete();

    void IValueTaskSource.GetResult(short token) => _source.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource.GetStatus(short token) => _source.GetStatus(token);

    void IValueTaskSource.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _source.OnCompleted(continuation, state, token, flags);

    private void Wake()
    {
        if (lane is null)
        {
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        }
        else
        {
            lane.Add(this);
        }
    }
}
