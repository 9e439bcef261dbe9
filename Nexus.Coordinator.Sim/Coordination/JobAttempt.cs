using System.Diagnostics;
using System.Globalization;
using Nexus.Coordinator.Sim.Queues;
using Nexus.Coordinator.Sim.Telemetry;
using Nexus.Coordinator.Sim.Work;

namespace Nexus.Coordinator.Sim.Coordination;

/// <summary>
/// One attempt at a job. First the queue agrees, then the event is published: nothing is called completed, failed or retried that
/// someone else holds by now.
/// </summary>
/// <param name="services">What all workers share.</param>
/// <param name="isDead">Whether the worker is no more: then nothing may be put back or said.</param>
/// <param name="abandon">Cancelled when the attempt must end at once.</param>
internal sealed class JobAttempt(WorkerServices services, Func<bool> isDead, CancellationToken abandon)
{
    public async Task RunAsync(ClaimedJob claimed)
    {
        var (job, workerId) = (claimed.Job, claimed.Owner.WorkerId);
        using var activity = JobActivities.StartProcess(claimed);
        services.TaskEvents.Started(job, workerId);
        services.Metrics.Consumed(job);
        var began = services.Time.GetTimestamp();
        try
        {
            var found = await services.Work.DoAsync(job, abandon);
            if (!isDead())
            {
                await CompleteAsync(claimed, found, services.Time.GetElapsedTime(began));
            }
        }
        catch (OperationCanceledException) when (abandon.IsCancellationRequested)
        {
            activity?.SetStatus(ActivityStatusCode.Error, "abandoned");
            if (!isDead())
            {
                await ReturnAsync(claimed);
            }
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            activity?.SetStatus(ActivityStatusCode.Error, failure.Message).SetTag(CoordinatorTelemetry.ErrorType, ErrorType(failure));
            if (!isDead())
            {
                await FailAsync(claimed, failure, services.Time.GetElapsedTime(began));
            }
        }
    }

    private async Task CompleteAsync(ClaimedJob claimed, int found, TimeSpan duration)
    {
        services.Metrics.Processed(claimed.Job, duration, null);
        if (await SettleAsync(() => services.Queue.CompleteAsync(claimed, JobResult.Success(claimed.Job, found))))
        {
            services.TaskEvents.Completed(claimed.Job, claimed.Owner.WorkerId, duration, found);
            services.Runs.RingResults(claimed.Job.Coordinator);
        }
    }

    private async Task FailAsync(ClaimedJob claimed, Exception failure, TimeSpan duration)
    {
        var (job, workerId) = (claimed.Job, claimed.Owner.WorkerId);
        services.Metrics.Processed(job, duration, ErrorType(failure));
        if (services.Retries.AllowsAnother(job, failure))
        {
            var next = job with { RetryCount = job.RetryCount + 1 };
            var delay = services.Retries.Delay(job, failure);
            if (await SettleAsync(() => services.Queue.RetryAsync(claimed, next, services.Time.GetUtcNow() + delay)))
            {
                services.TaskEvents.Retry(next, workerId, duration, RetryText(failure), delay);
            }

            return;
        }

        var gaveUp = job.RetryCount > 0 && failure is not WorkException { IsTransient: false };
        var error = gaveUp ? $"{failure.Message}, gave up after {job.RetryCount + 1} attempts" : failure.Message;
        if (await SettleAsync(() => services.Queue.CompleteAsync(claimed, JobResult.Failure(job, error))))
        {
            services.TaskEvents.Failed(job, error, workerId, duration);
            services.Runs.RingResults(job.Coordinator);
        }
    }

    /// <summary>The event goes first: once the job is back in its list, another worker may start it at any moment.</summary>
    private async Task ReturnAsync(ClaimedJob claimed)
    {
        services.TaskEvents.Enqueued(claimed.Job);
        await SettleAsync(() => services.Queue.ReturnAsync(claimed));
    }

    /// <summary>
    /// Repeats until the queue answers. Only a worker that must go gives up, after a last delay; its job then lies where the next
    /// process finds it.
    /// </summary>
    private async Task<bool> SettleAsync(Func<Task<bool>> settle)
    {
        try
        {
            var settled = abandon.IsCancellationRequested ? await settle() : await services.Availability.UntilAnsweredAsync(settle, abandon);
            if (!settled)
            {
                services.Metrics.TakenAway();
            }

            return settled;
        }
        catch (QueueUnavailableException exception)
        {
            services.Availability.DidNotAnswer(exception);
        }
        catch (OperationCanceledException) when (abandon.IsCancellationRequested)
        {
            // Said above.
        }

        return false;
    }

    private static string RetryText(Exception failure) => failure is WorkException { RetryAfter: { } asked }
        ? string.Create(CultureInfo.InvariantCulture, $"{failure.Message}, retry in {asked.TotalSeconds:0.#} s")
        : failure.Message;

    private static string ErrorType(Exception failure) => failure is WorkException work ? work.Kind : failure.GetType().FullName!;
}
