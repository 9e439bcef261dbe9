using Nexus.Coordinator.Sim.Queues;

namespace Nexus.Coordinator.Sim.Coordination;

/// <summary>
/// Takes one job after the other with each of its hands, for as long as its registration stands. It ends in one of three ways: it is stopped and
/// leaves nothing behind; it crashes, and leaves everything as it lies; or it learns that it was declared lost and that another has taken its
/// place, and touches nothing any more. One that was declared lost while it stood still, and whose place is free, goes on.
/// </summary>
internal sealed class Worker : IDisposable
{
    private readonly WorkerServices _services;
    private readonly CancellationTokenSource _ended = new();
    private readonly CancellationTokenSource _abandon;
    private readonly Pausing _pausing;
    private readonly IReadOnlyList<WorkerHand> _hands;
    private long _lastBeat;
    private WorkerEnd _end = WorkerEnd.Stopped;

    public Worker(WorkerLease lease, WorkerServices services)
    {
        Lease = lease;
        _services = services;
        _abandon = new CancellationTokenSource(Timeout.InfiniteTimeSpan, services.Time);
        _pausing = new Pausing(services.Time);
        var attempt = new JobAttempt(services, () => _ended.IsCancellationRequested, _pausing, _abandon.Token);
        _hands = [.. lease.Hands(services.Options.Value.TasksPerWorker).Select(hand => new WorkerHand(hand, services, attempt, _pausing, IsKnownToLive))];
        _lastBeat = services.Time.GetTimestamp();
    }

    public WorkerLease Lease { get; }

    public int Id => Lease.WorkerId;

    /// <summary>What it does now, of several things the first; null while it waits.</summary>
    public Job? Current => _hands.Select(hand => hand.Current).FirstOrDefault(job => job is not null);

    /// <summary>Everything it does now.</summary>
    public IReadOnlyList<Job> Jobs => [.. _hands.Select(hand => hand.Current).OfType<Job>()];

    /// <summary>Dies on the spot: no event, no farewell, nothing put back.</summary>
    public void Crash() => End(WorkerEnd.Crashed);

    /// <summary>Stands still: no event, no heartbeat, no progress; then it goes on as if nothing had happened. Zero ends it.</summary>
    public void Pause(TimeSpan duration) => _pausing.For(duration);

    public async Task<WorkerEnd> RunAsync(CancellationToken stopping)
    {
        _services.WorkerEvents.Started(Id);
        _services.Metrics.Worker(1);
        using var stop = stopping.Register(() => _abandon.CancelAfter(_services.Options.Value.ShutdownGrace));
        using var beating = CancellationTokenSource.CreateLinkedTokenSource(_ended.Token);
        var heartbeat = BeatAsync(beating.Token);
        try
        {
            await Task.WhenAll(_hands.Select(hand => hand.WorkAsync(stopping, _ended.Token)));
        }
        finally
        {
            beating.Cancel();
            await heartbeat;
            _services.Metrics.Worker(-1);
        }

        if (_end == WorkerEnd.Stopped)
        {
            _services.WorkerEvents.Stopped(Id);
            await ReleaseAsync();
        }

        return _end;
    }

    public void Dispose()
    {
        _abandon.Dispose();
        _ended.Dispose();
        _pausing.Dispose();
    }

    private bool IsKnownToLive() => _services.Time.GetElapsedTime(_lastBeat) < _services.Heartbeat.TimeToLive;

    private async Task BeatAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                await Task.Delay(_services.Heartbeat.Interval, _services.Time, cancellationToken);
                await _pausing.AwakeAsync(cancellationToken);
                var beat = _services.Time.GetTimestamp();
                if (!await _services.Availability.UntilAnsweredAsync(IsStillRegisteredAsync, cancellationToken))
                {
                    End(WorkerEnd.Lost);
                    return;
                }

                _lastBeat = beat;
                _services.WorkerEvents.Beat(Id, Current);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The worker's life is over.
        }
        catch
        {
            End(WorkerEnd.Lost);
            throw;
        }
    }

    private async Task<bool> IsStillRegisteredAsync() =>
        await _services.Registry.BeatAsync(Lease) || await _services.Registry.RejoinAsync(Lease, _hands.Count);

    /// <summary>With the queue away there is nobody to tell: the heartbeat expires, and the next process cleans up.</summary>
    private async Task ReleaseAsync()
    {
        using var patience = new CancellationTokenSource(_services.Options.Value.ShutdownGrace, _services.Time);
        try
        {
            await _services.Availability.UntilAnsweredAsync(() => _services.Registry.ReleaseAsync(Lease, _hands.Count), patience.Token);
        }
        catch (OperationCanceledException) when (patience.IsCancellationRequested)
        {
            // Said above.
        }
    }

    private void End(WorkerEnd end)
    {
        _end = end;
        _ended.Cancel();
        _abandon.Cancel();
    }
}
