using System.Globalization;
using Nexus.Coordinator.Sim.Queues;
using Nexus.Coordinator.Sim.Telemetry;
using Nexus.Coordinator.Sim.Work;
using Nexus.Monitoring.Client.Scopes;

namespace Nexus.Coordinator.Sim.Coordination;

/// <summary>
/// One attempt at a job. First the queue agrees, then the event is published: nothing is called completed, failed or retried that
/// someone else holds by now.
/// </summary>
/// <param name="services">What all workers share.</param>
/// <param name="isDead">Whether the worker is no more: then nothing may be put back or said.</param>
/// <param name="pausing">Holds the worker up: what its work comes to is told when it goes on.</param>
/// <param name="abandon">Cancelled when the attempt must end at once.</param>
internal sealed class JobAttempt(WorkerServices services, Func<bool> isDead, Pausing pausing, CancellationToken abandon)
{
    /// <remarks>An attempt of which a crashed or superseded worker knows nothing is abandoned: nobody may call it failed.</remarks>
    public async Task RunAsync(ClaimedJob claimed)
    {
        var job = claimed.Job;
        using var scope = services.Publisher.StartTask(job.ToDetails(claimed.Owner.WorkerId));
        var activity = scope.Activity;
        activity.TagAsProcessing(job);
        services.Metrics.Consumed(job);
        var began = services.Time.GetTimestamp();
        try
        {
            var found = await WorkAsync(job);
            await CompleteAsync(claimed, scope, found, services.Time.GetElapsedTime(began));
        }
        catch (OperationCanceledException) when (abandon.IsCancellationRequested)
        {
            await ReturnAsync(claimed);
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            activity?.SetTag(CoordinatorTelemetry.ErrorType, ErrorType(failure));
            await FailAsync(claimed, scope, failure, services.Time.GetElapsedTime(began));
        }
        finally
        {
            if (!scope.HasEnded)
            {
                scope.Abandon();
            }
        }
    }

    private async Task<int> WorkAsync(Job job)
    {
        try
        {
            return await services.Work.DoAsync(job, abandon);
        }
        finally
        {
            await pausing.AwakeAsync(abandon);
        }
    }

    private async Task CompleteAsync(ClaimedJob claimed, TaskScope scope, int found, TimeSpan duration)
    {
        services.Metrics.Processed(claimed.Job, duration, null);
        if (await SettleAsync(() => services.Queue.CompleteAsync(claimed, JobResult.Success(claimed.Job, found))))
        {
            scope.Complete(counts: new Dictionary<string, long> { ["found"] = found });
            services.Runs.RingResults(claimed.Job.Coordinator);
        }
    }

    private async Task FailAsync(ClaimedJob claimed, TaskScope scope, Exception failure, TimeSpan duration)
    {
        var job = claimed.Job;
        services.Metrics.Processed(job, duration, ErrorType(failure));
        if (services.Retries.AllowsAnother(job, failure))
        {
            var next = job with { RetryCount = job.RetryCount + 1 };
            var delay = services.Retries.Delay(job, failure);
            if (await SettleAsync(() => services.Queue.RetryAsync(claimed, next, services.Time.GetUtcNow() + delay)))
            {
                scope.Retry(RetryText(failure), delay);
            }

            return;
        }

        var gaveUp = job.RetryCount > 0 && failure is not WorkException { IsTransient: false };
        var error = gaveUp ? $"{failure.Message}, gave up after {job.RetryCount + 1} attempts" : failure.Message;
        if (await SettleAsync(() => services.Queue.CompleteAsync(claimed, JobResult.Failure(job, error))))
        {
            _ = failure is WorkException { IsTimeout: true } or TimeoutException ? scope.TimeOut(error) : scope.Fail(error);
            services.Runs.RingResults(job.Coordinator);
        }
    }

    /// <summary>The event goes first: once the job is back in its list, another worker may start it at any moment.</summary>
    private async Task ReturnAsync(ClaimedJob claimed)
    {
        if (!isDead())
        {
            services.TaskEvents.Enqueued(claimed.Job);
            await SettleAsync(() => services.Queue.ReturnAsync(claimed));
        }
    }

    /// <summary>
    /// Repeats until the queue answers. A worker that must go asks once more; if the queue is away then, the job lies where the next
    /// process finds it. A dead worker settles nothing.
    /// </summary>
    private async Task<bool> SettleAsync(Func<Task<bool>> settle)
    {
        if (isDead())
        {
            return false;
        }

        try
        {
            var settled = await UntilAnsweredAsync(settle);
            if (settled is null && isDead())
            {
                return false;
            }

            settled ??= await settle();
            if (settled is false)
            {
                services.Metrics.TakenAway();
            }

            return settled.Value;
        }
        catch (QueueUnavailableException exception)
        {
            services.Availability.DidNotAnswer(exception);
            return false;
        }
    }

    /// <summary>Null when the worker had to go before the queue answered.</summary>
    private async Task<bool?> UntilAnsweredAsync(Func<Task<bool>> settle)
    {
        try
        {
            return abandon.IsCancellationRequested ? null : await services.Availability.UntilAnsweredAsync(settle, abandon);
        }
        catch (OperationCanceledException) when (abandon.IsCancellationRequested)
        {
            return null;
        }
    }

    private static string RetryText(Exception failure) => failure is WorkException { RetryAfter: { } asked }
        ? string.Create(CultureInfo.InvariantCulture, $"{failure.Message}, retry in {asked.TotalSeconds:0.#} s")
        : failure.Message;

    private static string ErrorType(Exception failure) => failure is WorkException work ? work.Kind : failure.GetType().FullName!;
}
