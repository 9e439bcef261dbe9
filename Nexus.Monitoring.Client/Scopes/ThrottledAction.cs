namespace Nexus.Monitoring.Client.Scopes;

/// <summary>
/// Carries an action out when it is asked for, but at most once an interval; what is asked for in between is done once at its end, so that
/// the last state is always told. Thread-safe.
/// </summary>
internal sealed class ThrottledAction : IDisposable
{
    private readonly Lock _lock = new();
    private readonly Action _action;
    private readonly TimeSpan _interval;
    private readonly ITimer _timer;
    private bool _resting;
    private bool _requested;
    private bool _disposed;

    public ThrottledAction(TimeProvider timeProvider, TimeSpan interval, Action action)
    {
        _action = action;
        _interval = interval;
        _timer = timeProvider.CreateTimer(static state => ((ThrottledAction)state!).OnRested(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public void Request()
    {
        lock (_lock)
        {
            if (_disposed)
            {
                return;
            }

            if (_resting)
            {
                _requested = true;
                return;
            }

            Rest();
        }

        _action();
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _disposed = true;
        }

        _timer.Dispose();
    }

    private void OnRested()
    {
        lock (_lock)
        {
            if (_disposed || !_requested)
            {
                _resting = false;
                return;
            }

            _requested = false;
            Rest();
        }

        _action();
    }

    private void Rest()
    {
        _resting = true;
        _timer.Change(_interval, Timeout.InfiniteTimeSpan);
    }
}
