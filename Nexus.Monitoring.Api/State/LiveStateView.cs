using Nexus.Monitoring.Contracts.State;

namespace Nexus.Monitoring.Api.State;

/// <summary>
/// The node's live state, to be looked at by many. A look takes the lock, and what it returns must not hold on to the state's own
/// entries: encode inside, send outside.
/// </summary>
internal sealed class LiveStateView
{
    private readonly Lock _gate = new();
    private LiveState _state = new();
    private volatile bool _isReady;

    /// <summary>Whether the log's end has been reached once.</summary>
    public bool IsReady => _isReady;

    public T Read<T>(Func<LiveState, T> look)
    {
        lock (_gate)
        {
            return look(_state);
        }
    }

    public void Write(Action<LiveState> change)
    {
        lock (_gate)
        {
            change(_state);
        }
    }

    /// <summary>The log began anew, and so does what is folded from it.</summary>
    public void Clear()
    {
        lock (_gate)
        {
            _state = new LiveState();
        }
    }

    /// <summary>Takes over a state that was put away.</summary>
    public void Restore(LiveState state)
    {
        lock (_gate)
        {
            _state = state;
        }
    }

    public void SetReady() => _isReady = true;
}
