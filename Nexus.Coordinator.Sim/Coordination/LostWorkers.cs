using System.Globalization;
using Nexus.Coordinator.Sim.Configuration;
using Nexus.Coordinator.Sim.Queues;
using Nexus.Coordinator.Sim.Telemetry;

namespace Nexus.Coordinator.Sim.Coordination;

/// <summary>
/// Ends the registration of workers whose heartbeat has expired, and recovers what they held. Every process does this; the queue sees to it that
/// each job is recovered by one of them. That a worker is lost and its tasks are orphaned is for the node to say that watches the clock; a job is
/// recovered when it has, or if nobody watches, after the time to live has passed once more. No sooner: the watching node counts from the last event of
/// a worker, which may be nearly a heartbeat younger than what expired here, and another node may have to take over first.
/// </summary>
internal sealed partial class LostWorkers(
    IJobQueue queue,
    IWorkerRegistry registry,
    IRunRegistry runs,
    IVerdicts verdicts,
    RetryPolicy retries,
    QueueAvailability availability,
    HeartbeatTiming heartbeat,
    TaskEvents taskEvents,
    CoordinatorMetrics metrics,
    TimeProvider time,
    ILogger<LostWorkers> logger)
    : QueueLoop(heartbeat.Interval / 4, availability, time)
{
    /// <summary>When the queue was away, so were the heartbeats. Whoever lives gets the time to say so.</summary>
    protected override bool IsTime => Availability.AnsweringFor >= heartbeat.Interval;

    /// <summary>Since when each job has waited for a verdict, by its text. As many as workers were lost.</summary>
    private readonly Dictionary<string, long> _waiting = [];

    protected override async Task TickAsync(CancellationToken cancellationToken)
    {
        foreach (var worker in await registry.FindSilentAsync())
        {
            if (await registry.DeclareLostAsync(worker))
            {
                LogLost(worker.WorkerId, heartbeat.TimeToLive.TotalSeconds);
            }
        }

        var orphans = await queue.FindOrphansAsync();
        var judged = await verdicts.FindOrphanedAsync(orphans);
        foreach (var orphan in orphans)
        {
            if (judged.Contains(orphan) || HasWaited(orphan))
            {
                await RecoverAsync(orphan, cancellationToken);
            }
        }

        foreach (var gone in _waiting.Keys.Except(orphans.Select(orphan => orphan.Raw)).ToList())
        {
            _waiting.Remove(gone);
        }
    }

    private bool HasWaited(ClaimedJob orphan)
    {
        if (_waiting.TryGetValue(orphan.Raw, out var since))
        {
            return Time.GetElapsedTime(since) >= heartbeat.TimeToLive;
        }

        _waiting.Add(orphan.Raw, Time.GetTimestamp());
        return false;
    }

    /// <summary>The job waits before it can be claimed again, so what happened to it is told before what happens next.</summary>
    private async Task RecoverAsync(ClaimedJob orphan, CancellationToken cancellationToken)
    {
        var (job, workerId, reason) = (orphan.Job, orphan.Owner.WorkerId, Reason(orphan.Owner));
        var next = job with { RetryCount = job.RetryCount + 1 };
        var again = retries.AllowsAnother(job);
        var recovered = await Availability.UntilAnsweredAsync(
            () => again
                ? queue.RetryAsync(orphan, next, Time.GetUtcNow() + retries.Delay(job))
                : queue.CompleteAsync(orphan, JobResult.Failure(job, reason)),
            cancellationToken);
        if (!recovered)
        {
            return;
        }

        using var activity = JobTelemetry.Start("recover " + job.TaskType, job.Traceparent);
        metrics.Recovered();
        LogRecovered(job.TaskId, workerId);
        if (again)
        {
            taskEvents.Enqueued(next);
        }
        else
        {
            taskEvents.GivenUp(job, $"{reason}, gave up after {job.RetryCount + 1} attempts");
            runs.RingResults(job.Coordinator);
        }
    }

    private string Reason(WorkerLease worker) => string.Create(
        CultureInfo.InvariantCulture, $"Worker {worker.WorkerId} lost: no heartbeat for {heartbeat.TimeToLive.TotalSeconds:0.#} s");

    [LoggerMessage(2201, LogLevel.Warning, "Worker {WorkerId} is lost: no heartbeat for {Seconds} s")]
    private partial void LogLost(int workerId, double seconds);

    [LoggerMessage(2202, LogLevel.Information, "Task {TaskId} was recovered from worker {WorkerId}")]
    private partial void LogRecovered(string taskId, int workerId);
}
