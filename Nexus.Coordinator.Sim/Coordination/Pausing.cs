namespace Nexus.Coordinator.Sim.Coordination;

/// <summary>Holds a worker up, as a machine that stands still does: it does nothing and says nothing, and goes on as if nothing had happened.</summary>
internal sealed class Pausing(TimeProvider time) : IDisposable
{
    private readonly Lock _gate = new();
    private TaskCompletionSource _awake = Ended();
    private ITimer? _alarm;

    /// <summary>Stands still for this long from now on, whatever was asked before; zero wakes it up.</summary>
    public void For(TimeSpan duration)
    {
        TaskCompletionSource? ended = null;
        lock (_gate)
        {
            _alarm?.Dispose();
            if (duration <= TimeSpan.Zero)
            {
                ended = _awake;
            }
            else
            {
                _awake = _awake.Task.IsCompleted ? new TaskCompletionSource() : _awake;
                _alarm = time.CreateTimer(_ => For(TimeSpan.Zero), null, duration, Timeout.InfiniteTimeSpan);
            }
        }

        // Outside, because who waited goes on in here.
        ended?.TrySetResult();
    }

    /// <summary>Completes as soon as the worker is awake.</summary>
    public Task AwakeAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            return _awake.Task.IsCompleted ? Task.CompletedTask : _awake.Task.WaitAsync(cancellationToken);
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _alarm?.Dispose();
        }
    }

    private static TaskCompletionSource Ended()
    {
        var ended = new TaskCompletionSource();
        ended.SetResult();
        return ended;
    }
}
