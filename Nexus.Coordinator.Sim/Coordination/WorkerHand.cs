using Nexus.Coordinator.Sim.Queues;

namespace Nexus.Coordinator.Sim.Coordination;

/// <summary>One of the things that a worker does at once: takes one job after the other.</summary>
/// <param name="lease">In whose name.</param>
/// <param name="services">What all workers share.</param>
/// <param name="attempt">Carries out what was taken.</param>
/// <param name="pausing">Holds the worker up.</param>
/// <param name="mayClaim">False while the worker's last sign of life is so old that others may have declared it lost.</param>
internal sealed class WorkerHand(WorkerLease lease, WorkerServices services, JobAttempt attempt, Pausing pausing, Func<bool> mayClaim)
{
    /// <summary>An idle hand looks at least this often, should a doorbell be lost.</summary>
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(1);

    private bool _mayHoldJob;

    /// <summary>What it does now; null while it waits.</summary>
    public Job? Current { get; private set; }

    public async Task WorkAsync(CancellationToken stopping, CancellationToken ended)
    {
        using var awake = CancellationTokenSource.CreateLinkedTokenSource(stopping, ended);
        while (!awake.IsCancellationRequested)
        {
            var rings = services.Queue.Jobs.Rings;
            if (await ClaimAsync(awake.Token) is { } claimed)
            {
                if (ended.IsCancellationRequested)
                {
                    // It died while it took the job, and cannot have begun it; others find it where it lies.
                    return;
                }

                Current = claimed.Job;
                await attempt.RunAsync(claimed);
                Current = null;
            }
            else
            {
                await services.Queue.Jobs.WaitAsync(rings, LookAgain, awake.Token);
            }
        }

        if (_mayHoldJob && !ended.IsCancellationRequested)
        {
            await ReturnWhatMayBeHeldAsync();
        }
    }

    private async Task<ClaimedJob?> ClaimAsync(CancellationToken awake)
    {
        try
        {
            await pausing.AwakeAsync(awake);
            if (!mayClaim())
            {
                return null;
            }

            var claimed = _mayHoldJob ? await services.Queue.FindClaimedAsync(lease) : null;
            claimed ??= await services.Queue.ClaimAsync(lease);
            _mayHoldJob = false;
            services.Availability.Answered();
            return claimed;
        }
        catch (OperationCanceledException) when (awake.IsCancellationRequested)
        {
            return null;
        }
        catch (QueueUnavailableException exception)
        {
            _mayHoldJob = true;
            services.Availability.DidNotAnswer(exception);
            return null;
        }
    }

    private async Task ReturnWhatMayBeHeldAsync()
    {
        try
        {
            if (await services.Queue.FindClaimedAsync(lease) is { } claimed)
            {
                await services.Queue.ReturnAsync(claimed);
            }
        }
        catch (QueueUnavailableException exception)
        {
            services.Availability.DidNotAnswer(exception);
        }
    }
}
