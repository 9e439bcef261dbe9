using Nexus.Coordinator.Sim.Configuration;
using Nexus.Coordinator.Sim.Coordination;
using Nexus.Coordinator.Sim.Queues;
using Nexus.Coordinator.Sim.Telemetry;
using Nexus.Monitoring.Client.Publishing;
using Nexus.Monitoring.Contracts.Events;

namespace Nexus.Coordinator.Sim.Orchestration;

/// <summary>
/// Ends runs whose process died: nobody would ever start their next phase. What waits of them is taken out of the queue and said to be
/// cancelled; what a worker has in hand it finishes.
/// </summary>
internal sealed partial class AbandonedRuns(
    IJobQueue queue,
    IRunRegistry registry,
    CoordinatorId self,
    HeartbeatTiming heartbeat,
    QueueAvailability availability,
    IMonitoringPublisher publisher,
    TaskEvents taskEvents,
    TimeProvider time,
    ILogger<AbandonedRuns> logger)
    : QueueLoop(heartbeat.Interval / 2, availability, time)
{
    private const string Reason = "The coordinator that drove the run is gone";

    /// <summary>When the queue was away, so were the signs of life. Whoever lives gets the time to give one.</summary>
    protected override bool IsTime => Availability.AnsweringFor >= heartbeat.Interval;

    protected override async Task TickAsync(CancellationToken cancellationToken)
    {
        foreach (var run in await registry.FindAbandonedAsync())
        {
            await EndAsync(run);
        }
    }

    private async Task EndAsync(RunRecord run)
    {
        var removed = new List<Job>();
        await foreach (var job in queue.RemoveAsync(new HashSet<string> { run.RunId }))
        {
            using var cancelled = JobTelemetry.Start("cancel " + job.TaskType, job.Traceparent);
            taskEvents.Cancelled(job, Reason);
            removed.Add(job);
        }

        if (!await registry.RemoveAsync(run.RunId, self.Value))
        {
            return;
        }

        using var activity = JobTelemetry.Start("abandon " + run.Name, run.Traceparent);
        foreach (var phase in removed.Select(job => job.Phase).Distinct())
        {
            publisher.Publish(About(EventTypes.PhaseFailed, run) with { ParentTaskId = run.RunId, Phase = phase });
        }

        publisher.Publish(About(EventTypes.RunFailed, run) with
        {
            TaskId = run.RunId,
            DurationMs = Math.Max(0, (long)(Time.GetUtcNow() - run.StartedAt).TotalMilliseconds),
        });
        LogAbandoned(run.RunId, removed.Count);
    }

    private MonitoringEvent About(string eventType, RunRecord run) => publisher.NewEvent(eventType) with
    {
        ProjectId = run.ProjectId,
        Status = EventStatuses.Failed,
        Error = Reason,
    };

    [LoggerMessage(2301, LogLevel.Warning, "Run {RunId} was abandoned by its coordinator; {Count} waiting tasks were taken out of the queue")]
    private partial void LogAbandoned(string runId, int count);
}
