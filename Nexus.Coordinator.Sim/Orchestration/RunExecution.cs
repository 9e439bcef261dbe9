using Nexus.Coordinator.Sim.Queues;
using Nexus.Coordinator.Sim.Telemetry;
using Nexus.Monitoring.Client.Publishing;
using Nexus.Monitoring.Client.Scopes;

namespace Nexus.Coordinator.Sim.Orchestration;

/// <summary>
/// Carries out the pipeline's steps: phases become scopes, tasks become jobs. A task is announced before it is put into the queue, so
/// that nobody can start it first; <see cref="FlushAsync"/> then puts it there for certain.
/// </summary>
internal sealed class RunExecution(
    ActiveRun run, RunScope scope, IJobQueue queue, CoordinatorId self, IMonitoringPublisher publisher, TaskEvents taskEvents, CoordinatorMetrics metrics) : IDisposable
{
    private readonly Dictionary<string, PhaseScope> _phases = [];
    private readonly Dictionary<string, (PlannedTask Task, Job Job)> _open = [];
    private readonly List<Job> _announced = [];
    private long _batch;

    public string? TraceParent => scope.TraceParent;

    /// <summary>A result has come. One that came before, or of a task that is not ours, changes nothing.</summary>
    public void Apply(JobResult result)
    {
        if (_open.Remove(result.TaskId, out var open))
        {
            var task = open.Task;
            var success = result.Error is null;
            _phases[task.Phase].Advance(success ? 1 : 0, success ? 0 : 1);
            Carry(run.Pipeline.Apply(task, success ? result.Found : null));
        }
    }

    public void Carry(IEnumerable<PipelineStep> steps)
    {
        foreach (var step in steps)
        {
            switch (step)
            {
                case PipelineStep.PhaseBegins(var phase):
                    _phases[phase.Name] = scope.StartPhase(phase.Name, phase.Total);
                    break;
                case PipelineStep.PhaseEnds(var phase, null):
                    _phases[phase.Name].Complete();
                    break;
                case PipelineStep.PhaseEnds(var phase, { } error):
                    _phases[phase.Name].Fail(error);
                    break;
                case PipelineStep.FanOut(var tasks):
                    _announced.AddRange(tasks.Select(Announce));
                    break;
            }
        }
    }

    /// <summary>Puts what was announced into the queue; may be repeated until it succeeds.</summary>
    public async Task FlushAsync()
    {
        if (_announced.Count > 0)
        {
            await queue.EnqueueAsync(_batch + 1, _announced);
            _batch++;
            _announced.ForEach(metrics.Sent);
            _announced.Clear();
        }
    }

    /// <summary>The run ends early. Tasks that nobody will ever touch again are cancelled; the phases that are not over have failed.</summary>
    /// <param name="reason">Why.</param>
    /// <param name="isUntouched">Whether nobody holds a task, nor will.</param>
    public void Fail(string reason, Predicate<Job> isUntouched)
    {
        foreach (var (_, job) in _open.Values)
        {
            if (_announced.Contains(job) || isUntouched(job))
            {
                using var activity = JobTelemetry.Start("cancel " + job.TaskType, job.Traceparent);
                taskEvents.Cancelled(job, reason);
            }
        }

        foreach (var phase in _phases.Values.Where(phase => !phase.HasEnded))
        {
            phase.Fail(reason);
        }
    }

    public void Dispose()
    {
        foreach (var phase in _phases.Values)
        {
            phase.Dispose();
        }
    }

    private Job Announce(PlannedTask task)
    {
        var job = new Job
        {
            TaskId = Ids.NewTask(),
            ParentTaskId = run.RunId,
            ProjectId = run.Plan.ProjectId,
            Phase = task.Phase,
            TaskType = task.TaskType,
            Priority = task.Priority,
            Message = task.Message,
            Coordinator = self.Value,
            Seed = task.Seed,
            Traceparent = _phases[task.Phase].TraceParent,
        };
        job = job with { Traceparent = publisher.EnqueueTask(job.ToDetails()) };
        _open.Add(job.TaskId, (task, job));
        return job;
    }
}
