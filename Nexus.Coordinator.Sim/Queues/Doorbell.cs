namespace Nexus.Coordinator.Sim.Queues;

/// <summary>
/// "There may be something new." Only ever a hint: whoever waits looks again after a while, rung or not. Read <see cref="Rings"/>
/// before looking, so that no ring falls between looking and waiting. Waiters are woken in the order in which they came.
/// </summary>
internal sealed class Doorbell(TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly List<TaskCompletionSource> _waiters = [];
    private long _rings;

    /// <summary>How often it rang.</summary>
    public long Rings
    {
        get
        {
            lock (_lock)
            {
                return _rings;
            }
        }
    }

    public void Ring()
    {
        lock (_lock)
        {
            _rings++;
            foreach (var waiter in _waiters)
            {
                waiter.TrySetResult();
            }

            _waiters.Clear();
        }
    }

    /// <summary>Returns at the first ring after <paramref name="seen"/>, after <paramref name="atMost"/>, or on cancellation; it does not throw.</summary>
    public async Task WaitAsync(long seen, TimeSpan atMost, CancellationToken cancellationToken)
    {
        var waiter = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            if (_rings != seen)
            {
                return;
            }

            _waiters.Add(waiter);
        }

        using var timer = time.CreateTimer(static state => ((TaskCompletionSource)state!).TrySetResult(), waiter, atMost, Timeout.InfiniteTimeSpan);
        using var cancelled = cancellationToken.Register(static state => ((TaskCompletionSource)state!).TrySetResult(), waiter);
        await waiter.Task;
        lock (_lock)
        {
            _waiters.Remove(waiter);
        }
    }
}
