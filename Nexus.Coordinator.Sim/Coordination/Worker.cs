using Nexus.Coordinator.Sim.Queues;

namespace Nexus.Coordinator.Sim.Coordination;

/// <summary>
/// Takes one job after the other, for as long as its registration stands. It ends in one of three ways: it is stopped and leaves nothing
/// behind; it crashes, and leaves everything as it lies; or it learns that it was declared lost, and touches nothing any more.
/// </summary>
internal sealed class Worker : IDisposable
{
    /// <summary>An idle worker looks at least this often, should a doorbell be lost.</summary>
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(1);

    private readonly WorkerServices _services;
    private readonly CancellationTokenSource _ended = new();
    private readonly CancellationTokenSource _abandon;
    private readonly JobAttempt _attempt;
    private long _lastBeat;
    private bool _mayHoldJob;
    private WorkerEnd _end = WorkerEnd.Stopped;

    public Worker(WorkerLease lease, WorkerServices services)
    {
        Lease = lease;
        _services = services;
        _abandon = new CancellationTokenSource(Timeout.InfiniteTimeSpan, services.Time);
        _attempt = new JobAttempt(services, () => _ended.IsCancellationRequested, _abandon.Token);
        _lastBeat = services.Time.GetTimestamp();
    }

    public WorkerLease Lease { get; }

    public int Id => Lease.WorkerId;

    /// <summary>What it does now; null while it waits.</summary>
    public Job? Current { get; private set; }

    /// <summary>Dies on the spot: no event, no farewell, nothing put back.</summary>
    public void Crash() => End(WorkerEnd.Crashed);

    public async Task<WorkerEnd> RunAsync(CancellationToken stopping)
    {
        _services.WorkerEvents.Started(Id);
        _services.Metrics.Worker(1);
        using var stop = stopping.Register(() => _abandon.CancelAfter(_services.Options.Value.ShutdownGrace));
        using var beating = CancellationTokenSource.CreateLinkedTokenSource(_ended.Token);
        var heartbeat = BeatAsync(beating.Token);
        try
        {
            await WorkAsync(stopping);
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
    }

    private async Task WorkAsync(CancellationToken stopping)
    {
        using var awake = CancellationTokenSource.CreateLinkedTokenSource(stopping, _ended.Token);
        while (!awake.IsCancellationRequested)
        {
            var rings = _services.Queue.Jobs.Rings;
            if (await ClaimAsync() is { } claimed)
            {
                Current = claimed.Job;
                await _attempt.RunAsync(claimed);
                Current = null;
            }
            else
            {
                await _services.Queue.Jobs.WaitAsync(rings, LookAgain, awake.Token);
            }
        }

        if (_mayHoldJob && !_ended.IsCancellationRequested)
        {
            await ReturnWhatMayBeHeldAsync();
        }
    }

    /// <summary>Takes nothing while its last sign of life is so old that others may have declared it lost.</summary>
    private async Task<ClaimedJob?> ClaimAsync()
    {
        if (_services.Time.GetElapsedTime(_lastBeat) >= _services.Heartbeat.TimeToLive)
        {
            return null;
        }

        try
        {
            var claimed = _mayHoldJob ? await _services.Queue.FindClaimedAsync(Lease) : null;
            claimed ??= await _services.Queue.ClaimAsync(Lease);
            _mayHoldJob = false;
            _services.Availability.Answered();
            return claimed;
        }
        catch (QueueUnavailableException exception)
        {
            _mayHoldJob = true;
            _services.Availability.DidNotAnswer(exception);
            return null;
        }
    }

    private async Task ReturnWhatMayBeHeldAsync()
    {
        try
        {
            if (await _services.Queue.FindClaimedAsync(Lease) is { } claimed)
            {
                await _services.Queue.ReturnAsync(claimed);
            }
        }
        catch (QueueUnavailableException exception)
        {
            _services.Availability.DidNotAnswer(exception);
        }
    }

    private async Task BeatAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                await Task.Delay(_services.Heartbeat.Interval, _services.Time, cancellationToken);
                var beat = _services.Time.GetTimestamp();
                if (!await _services.Availability.UntilAnsweredAsync(() => _services.Registry.BeatAsync(Lease), cancellationToken))
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

    /// <summary>With the queue away there is nobody to tell: the heartbeat expires, and the next process cleans up.</summary>
    private async Task ReleaseAsync()
    {
        using var patience = new CancellationTokenSource(_services.Options.Value.ShutdownGrace, _services.Time);
        try
        {
            await _services.Availability.UntilAnsweredAsync(() => _services.Registry.ReleaseAsync(Lease), patience.Token);
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
