using System.Diagnostics;
using Microsoft.Extensions.Options;
using Nexus.Coordinator.Sim.Configuration;
using Nexus.Coordinator.Sim.Coordination;
using Nexus.Coordinator.Sim.Queues;
using Nexus.Coordinator.Sim.Telemetry;
using Nexus.Monitoring.Client.Publishing;
using Nexus.Monitoring.Client.Scopes;

namespace Nexus.Coordinator.Sim.Orchestration;

/// <summary>Drives runs from their first phase to their end: carries out the pipeline's steps, and brings it the results.</summary>
internal sealed class DataAggregationOrchestrator(
    IJobQueue queue,
    IRunRegistry registry,
    ActiveRuns runs,
    CoordinatorId self,
    QueueAvailability availability,
    IMonitoringPublisher publisher,
    TaskEvents taskEvents,
    CoordinatorMetrics metrics,
    IOptions<SimulationOptions> options,
    TimeProvider time)
{
    private const string StopReason = "The coordinator stopped before the run ended";
    private const string LostReason = "The queue has lost the run's tasks";

    /// <summary>Returns when the run has ended, one way or the other.</summary>
    public async Task DriveAsync(RunPlan plan, CancellationToken stopping)
    {
        using var run = new ActiveRun(Ids.NewRun(), plan, new AggregationPipeline(plan));
        using var scope = publisher.StartRun(new RunDetails
        {
            RunId = run.RunId,
            ProjectId = plan.ProjectId,
            Name = plan.Name,
            TaskType = "data_aggregation",
            NewTrace = true,
        });
        using var execution = new RunExecution(run, scope, queue, self, publisher, taskEvents, metrics);
        using var interrupted = CancellationTokenSource.CreateLinkedTokenSource(stopping, run.Lost);
        runs.Add(run);
        metrics.Run(1);
        try
        {
            await AdvanceAsync(run, execution, interrupted.Token);
            await EndAsync(run, scope);
        }
        catch (OperationCanceledException) when (interrupted.IsCancellationRequested)
        {
            if (run.Lost.IsCancellationRequested)
            {
                execution.Fail(LostReason, _ => true);
                scope.Fail(LostReason);
            }
            else
            {
                await AbortAsync(run, scope, execution);
            }
        }
        finally
        {
            metrics.Run(-1);
            runs.Remove(run);
            Activity.Current = null;
        }
    }

    private async Task AdvanceAsync(ActiveRun run, RunExecution execution, CancellationToken cancellationToken)
    {
        var record = new RunRecord(run.RunId, run.Plan.ProjectId, run.Plan.Name, self.Value, time.GetUtcNow(), execution.TraceParent);
        await availability.UntilAnsweredAsync(() => registry.AddAsync(record), cancellationToken);
        execution.Carry(run.Pipeline.Begin());
        await availability.UntilAnsweredAsync(execution.FlushAsync, cancellationToken);
        while (!run.Pipeline.IsDone)
        {
            foreach (var result in await run.ReadAsync(cancellationToken))
            {
                execution.Apply(result);
            }

            await availability.UntilAnsweredAsync(execution.FlushAsync, cancellationToken);
        }
    }

    /// <summary>Whoever removes the run says how it ended: this process, or one that took it for abandoned.</summary>
    private async Task EndAsync(ActiveRun run, RunScope scope)
    {
        var isOurs = await availability.UntilAnsweredAsync(() => registry.RemoveAsync(run.RunId, self.Value), run.Lost);
        if (!isOurs)
        {
            scope.Fail("The run was declared abandoned while its coordinator was silent");
        }
        else if (run.Pipeline.Failure is { } failure)
        {
            scope.Fail(failure);
        }
        else
        {
            scope.Complete();
        }
    }

    /// <summary>
    /// Takes the run's waiting tasks out of the queue and says so of each, then of the phases and of the run. With the queue away the
    /// tasks have to wait for the next process, which finds the run abandoned.
    /// </summary>
    private async Task AbortAsync(ActiveRun run, RunScope scope, RunExecution execution)
    {
        using var patience = new CancellationTokenSource(options.Value.ShutdownGrace, time);
        var removed = new HashSet<string>();
        try
        {
            await availability.UntilAnsweredAsync(() => EmptyQueueAsync(run, removed), patience.Token);
            await availability.UntilAnsweredAsync(() => registry.RemoveAsync(run.RunId, self.Value), patience.Token);
        }
        catch (OperationCanceledException) when (patience.IsCancellationRequested)
        {
            // Said above. That the run ended here is true in any case.
        }

        execution.Fail(StopReason, job => removed.Contains(job.TaskId));
        scope.Fail(StopReason);
    }

    private async Task EmptyQueueAsync(ActiveRun run, HashSet<string> removed)
    {
        await foreach (var job in queue.RemoveAsync(new HashSet<string> { run.RunId }))
        {
            removed.Add(job.TaskId);
        }
    }
}
