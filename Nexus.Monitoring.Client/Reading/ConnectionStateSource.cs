namespace Nexus.Monitoring.Client.Reading;

/// <summary>Holds the state of a connection, tells whoever wants to know, and lets them cut a wait short. Thread-safe.</summary>
internal sealed class ConnectionStateSource(TimeProvider timeProvider)
{
    private TaskCompletionSource _tryNow = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private StreamConnectionState _state = new() { Status = StreamConnectionStatus.Idle, Since = timeProvider.GetUtcNow() };

    public event Action<StreamConnectionState>? Changed;

    public StreamConnectionState State => Volatile.Read(ref _state);

    /// <summary>Moves to a state; <see cref="StreamConnectionState.Since"/> changes only with the status.</summary>
    public void Set(StreamConnectionStatus status, int failedAttempts = 0, TimeSpan? nextIn = null, string? problem = null)
    {
        var now = timeProvider.GetUtcNow();
        var before = State;
        var state = new StreamConnectionState
        {
            Status = status,
            Since = before.Status == status ? before.Since : now,
            FailedAttempts = failedAttempts,
            NextAttemptAt = nextIn is { } delay ? now + delay : null,
            Problem = problem,
        };
        Volatile.Write(ref _state, state);
        Changed?.Invoke(state);
    }

    public void TryNow() => Volatile.Read(ref _tryNow).TrySetResult();

    /// <summary>Waits, or until someone asks for an attempt now.</summary>
    public async Task WaitAsync(TimeSpan delay, CancellationToken cancellationToken)
    {
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Volatile.Write(ref _tryNow, asked);
        using var wait = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await Task.WhenAny(asked.Task, Task.Delay(delay, timeProvider, wait.Token)).ConfigureAwait(false);
        await wait.CancelAsync().ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
    }
}
