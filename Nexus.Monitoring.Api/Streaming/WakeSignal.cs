using System.Threading.Tasks.Sources;

namespace Nexus.Monitoring.Api.Streaming;

/// <summary>
/// Lets one waiter sleep until somebody has news. Allocates once in its life; setting it while nobody waits is remembered, setting it
/// again changes nothing. The waiter goes on elsewhere, so a setter never runs a waiter's code.
/// </summary>
internal sealed class WakeSignal : IValueTaskSource
{
    private const int Idle = 0;
    private const int Ready = 1;
    private const int Waiting = 2;

    private ManualResetValueTaskSourceCore<bool> _source = new() { RunContinuationsAsynchronously = true };
    private int _state;

    public void Set()
    {
        while (true)
        {
            switch (Volatile.Read(ref _state))
            {
                case Ready:
                    return;
                case Idle when Interlocked.CompareExchange(ref _state, Ready, Idle) == Idle:
                    return;
                case Waiting when Interlocked.CompareExchange(ref _state, Idle, Waiting) == Waiting:
                    _source.SetResult(true);
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

        Volatile.Write(ref _state, Idle);
        return ValueTask.CompletedTask;
    }

    void IValueTaskSource.GetResult(short token) => _source.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource.GetStatus(short token) => _source.GetStatus(token);

    void IValueTaskSource.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _source.OnCompleted(continuation, state, token, flags);
}
