using Nexus.Coordinator.Sim.Queues;

namespace Nexus.Coordinator.Sim.Coordination;

/// <summary>
/// Since when the queue answers this process, and how to go on when it does not. Each outage is logged once, by whoever meets it first.
/// </summary>
internal sealed partial class QueueAvailability(TimeProvider time, ILogger<QueueAvailability> logger)
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(2);

    private readonly Lock _lock = new();
    private long _since = time.GetTimestamp();
    private bool _isAway;

    /// <summary>How long the queue has answered without a break; zero while it does not.</summary>
    public TimeSpan AnsweringFor
    {
        get
        {
            lock (_lock)
            {
                return _isAway ? TimeSpan.Zero : time.GetElapsedTime(_since);
            }
        }
    }

    public void Answered()
    {
        TimeSpan away;
        lock (_lock)
        {
            if (!_isAway)
            {
                return;
            }

            away = time.GetElapsedTime(_since);
            _isAway = false;
            _since = time.GetTimestamp();
        }

        LogBack(away.TotalSeconds);
    }

    public void DidNotAnswer(QueueUnavailableException exception)
    {
        lock (_lock)
        {
            if (_isAway)
            {
                return;
            }

            _isAway = true;
            _since = time.GetTimestamp();
        }

        LogAway(exception.InnerException!.Message);
    }

    /// <summary>Repeats the call until the queue answers; every operation of the queue may be repeated.</summary>
    public async Task<T> UntilAnsweredAsync<T>(Func<Task<T>> call, CancellationToken cancellationToken)
    {
        for (var pause = FirstPause; ; pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
        {
            try
            {
                var answer = await call();
                Answered();
                return answer;
            }
            catch (QueueUnavailableException exception)
            {
                DidNotAnswer(exception);
                await Task.Delay(pause, time, cancellationToken);
            }
        }
    }

    /// <inheritdoc cref="UntilAnsweredAsync{T}"/>
    public Task UntilAnsweredAsync(Func<Task> call, CancellationToken cancellationToken) =>
        UntilAnsweredAsync(
            async () =>
            {
                await call();
                return true;
            },
            cancellationToken);

    [LoggerMessage(2001, LogLevel.Warning, "The queue does not answer, work goes on as soon as it does: {Reason}")]
    private partial void LogAway(string reason);

    [LoggerMessage(2002, LogLevel.Information, "The queue answers again after {Seconds:0.0} s")]
    private partial void LogBack(double seconds);
}
