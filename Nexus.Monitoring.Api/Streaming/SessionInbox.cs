namespace Nexus.Monitoring.Api.Streaming;

/// <summary>
/// Hands a client's commands to its session. Holds one: a client that sends faster than it reads its answers is not read any further.
/// </summary>
internal sealed class SessionInbox(WakeSignal wake)
{
    private readonly Lock _gate = new();
    private ClientCommand? _command;
    private TaskCompletionSource? _taken;
    private bool _isClosed;

    public bool HasCommand => Volatile.Read(ref _command) is not null;

    /// <summary>Completes when there is room for the next.</summary>
    public Task PostAsync(ClientCommand command)
    {
        Task taken;
        lock (_gate)
        {
            if (_isClosed)
            {
                return Task.CompletedTask;
            }

            _command = command;
            _taken = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            taken = _taken.Task;
        }

        wake.Set();
        return taken;
    }

    public ClientCommand? Take()
    {
        if (Volatile.Read(ref _command) is null)
        {
            return null;
        }

        lock (_gate)
        {
            var command = _command;
            _command = null;
            _taken?.SetResult();
            _taken = null;
            return command;
        }
    }

    /// <summary>The session is over: nobody will take a command any more.</summary>
    public void Close()
    {
        lock (_gate)
        {
            _isClosed = true;
            _taken?.TrySetResult();
        }
    }
}
