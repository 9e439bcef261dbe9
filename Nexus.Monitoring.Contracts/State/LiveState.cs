using Nexus.Monitoring.Contracts.Events;
using Nexus.Monitoring.Contracts.Log;

namespace Nexus.Monitoring.Contracts.State;

/// <summary>
/// The log folded into how things stand: runs with their phases, tasks, workers, queues, rates, durations, groups of errors.
/// Deterministic: the same events at the same positions give the same state, wherever and whenever they are folded. It has no clock
/// of its own; every time in it is the log's. Every collection is bounded by <see cref="LiveStateLimits"/>. Not thread-safe: one
/// writer, and readers only while it does not write.
/// </summary>
public sealed partial class LiveState
{
    private readonly LiveStateLimits _limits;
    private readonly StateTable<string, TaskState> _tasks;
    private readonly StateTable<string, RunState> _runs;
    private readonly StateTable<int, WorkerState> _workers;
    private readonly ProjectTable _projects;
    private readonly ErrorTable _errors;
    private readonly StateTable<string, SourceState> _sources;
    private readonly NamePool _names = new();
    private readonly SpareTasks _spare = new();
    private readonly EventIdWindow _recent;

    /// <summary>An empty state.</summary>
    public LiveState(LiveStateLimits? limits = null)
    {
        _limits = limits ?? new LiveStateLimits();
        _tasks = new(task => task.TaskId, _limits.Tasks, _limits.EndedTasks, Forget);
        _runs = new(run => run.RunId, _limits.Runs);
        _workers = new(worker => worker.WorkerId, _limits.Workers, forgotten: Forget);
        _projects = new(_limits.Projects, _limits.ProjectSeries);
        _errors = new(_limits.ErrorGroups);
        _sources = new(source => source.Source, _limits.Sources);
        _recent = new(_limits.RecentEvents);
    }

    /// <summary>Everything up to here is folded in.</summary>
    public LogPosition Position { get; private set; }

    /// <summary>Events folded so far.</summary>
    public long Events { get; private set; }

    /// <summary>Events that came again under the id of one of the <see cref="LiveStateLimits.RecentEvents"/> before, and changed nothing.</summary>
    public long EventsRepeated { get; private set; }

    /// <summary>Figures of everything.</summary>
    public ProjectState All { get; private set; } = new();

    /// <summary>What waits.</summary>
    public QueueState Queues { get; private set; } = new();

    /// <summary>Open runs from the oldest.</summary>
    public IEnumerable<RunState> OpenRuns => _runs.Open;

    /// <summary>Ended runs from the one that ended last.</summary>
    public IEnumerable<RunState> EndedRuns => _runs.EndedNewestFirst;

    /// <summary>Tasks that have not ended, from the one that was heard of longest ago.</summary>
    public IEnumerable<TaskState> OpenTasks => _tasks.Open;

    /// <summary>Ended tasks from the one that was heard of last.</summary>
    public IEnumerable<TaskState> EndedTasks => _tasks.EndedNewestFirst;

    /// <summary>Workers that are online as far as events tell, from the one known longest.</summary>
    public IEnumerable<WorkerState> OnlineWorkers => _workers.Open;

    /// <summary>Workers that stopped or are lost, from the one that went last.</summary>
    public IEnumerable<WorkerState> GoneWorkers => _workers.EndedNewestFirst;

    /// <summary>Projects, from the one heard of last.</summary>
    public IEnumerable<ProjectState> Projects => _projects.NewestFirst;

    /// <summary>Groups of errors, from the one seen last.</summary>
    public IEnumerable<ErrorGroup> Errors => _errors.NewestFirst;

    /// <summary>Processes that sent events, from the one heard of last, with what is known of their clocks.</summary>
    public IEnumerable<SourceState> Sources => _sources.EndedNewestFirst;

    /// <summary>Tasks that are held, open and ended; those that were forgotten do not count.</summary>
    public int TasksHeld => _tasks.OpenCount + _tasks.EndedCount;

    /// <summary>Runs that are held, open and ended.</summary>
    public int RunsHeld => _runs.OpenCount + _runs.EndedCount;

    /// <summary>How many workers are online as far as events tell.</summary>
    public int WorkersOnline { get; private set; }

    /// <summary>How many of those have a task.</summary>
    public int WorkersBusy { get; private set; }

    /// <summary>Open tasks that were forgotten because there were more than <see cref="LiveStateLimits.Tasks"/>.</summary>
    public long OpenTasksForgotten => _tasks.OpenForgotten;

    /// <summary>Online workers that were forgotten because there were more than <see cref="LiveStateLimits.Workers"/>.</summary>
    public long OnlineWorkersForgotten => _workers.OpenForgotten;

    /// <summary>The task with this id; null when none is known, or no longer.</summary>
    public TaskState? Task(string taskId) => _tasks.TryGet(taskId, out var task) ? task : null;

    internal TaskState? NewestTask(bool ended) => _tasks.Newest(ended);

    internal bool IsIn(TaskState task, bool ended) => _tasks.IsIn(task, ended);

    /// <summary>The run with this id; null when none is known, or no longer.</summary>
    public RunState? Run(string runId) => _runs.TryGet(runId, out var run) ? run : null;

    /// <summary>The worker with this id; null when none is known, or no longer.</summary>
    public WorkerState? Worker(int workerId) => _workers.TryGet(workerId, out var worker) ? worker : null;

    /// <summary>The tasks in the worker's hands, or left behind in them, from the one begun last.</summary>
    public static IEnumerable<TaskState> HeldBy(WorkerState worker)
    {
        ArgumentNullException.ThrowIfNull(worker);
        for (var task = worker.Held.Newest; task is not null; task = task.HeldBefore)
        {
            yield return task;
        }
    }

    /// <summary>The figures of a project; null when none are kept, or no longer.</summary>
    public ProjectState? Project(string projectId) => _projects.Find(projectId);

    /// <summary>
    /// Folds one event in. One at or before <see cref="Position"/> was folded already and changes nothing; so does one that its producer sent twice.
    /// </summary>
    public void Apply(MonitoringEvent e, LogPosition position)
    {
        ArgumentNullException.ThrowIfNull(e);
        if (position <= Position)
        {
            return;
        }

        Position = position;
        if (!_recent.TryAdd(e.EventId))
        {
            EventsRepeated++;
            return;
        }

        Events++;
        var change = new StateChange(e, position, All.Series.At(position.Time), _projects.Touch(e.ProjectId, position.Time));
        change.Count(static bucket => bucket.Events++);
        ObserveClock(e, change.At);
        switch (EventCategories.Of(e.EventType))
        {
            case EventCategory.Task when e.TaskId is not null:
                ApplyToTask(change);
                break;
            case EventCategory.Run or EventCategory.Phase when e.RunId is { } runId:
                RunReducer.Apply(change, TouchRun(runId, change), _runs, _limits.PhasesPerRun);
                break;
            case EventCategory.Worker when e.WorkerId is { } workerId:
                ApplyToWorker(change, workerId);
                break;
            case EventCategory.Stats when e.Queue is not null:
                Queues.Apply(e.Queue, change.At);
                break;
        }

        Observe(change);
    }

    private void ApplyToTask(StateChange change)
    {
        var e = change.Event;
        var isKnown = _tasks.TryGet(e.TaskId!, out var task);
        if (IsVoid(e, task))
        {
            return;
        }

        if (isKnown && task!.Standing is var standing && (standing.IsOvertaken(e) || standing.IsLateWord(e)))
        {
            if (standing.IsOvertaken(e))
            {
                TaskReducer.Note(change);
            }
            else
            {
                NoteLateWord(change, task);
            }

            return;
        }

        task ??= _spare.Take(e.TaskId!);
        TaskReducer.Describe(task, change, _names);
        var run = task.RunId is null ? null : TouchRun(task.RunId, change);
        TaskReducer.Share(task, run);
        if (!isKnown)
        {
            _tasks.Add(task);
            Move(task, null, task.Status);
        }

        var (before, kind) = (task.Status, task.FailureKind);
        var held = task.WorkerId;
        TaskReducer.Apply(task, change, _names);
        if (before != task.Status)
        {
            Move(task, before, task.Status);
        }

        if (kind != task.FailureKind)
        {
            CountFailure(task, kind, -1);
            CountFailure(task, task.FailureKind, 1);
        }

        if (task.HasEnded)
        {
            _tasks.End(task);
        }
        else
        {
            _tasks.Touch(task);
        }

        if (e.EventType == EventTypes.TaskRetry)
        {
            All.Tasks.Retries++;
            if (change.Project is { } project)
            {
                project.Tasks.Retries++;
            }

            if (run is not null)
            {
                run.Tasks.Retries++;
                if (run.Phase(task.Phase, _limits.PhasesPerRun) is { } phase)
                {
                    phase.Tasks.Retries++;
                }
            }
        }

        if (change.Failure is { } failure)
        {
            _errors.Record(failure, change with { FailureKind = e.EventType == EventTypes.TaskStalled ? FailureKinds.Orphaned : task.FailureKind });
        }

        if ((e.WorkerId ?? held) is { } workerId && e.EventType is not EventTypes.TaskEnqueued)
        {
            var worker = e.EventType is EventTypes.TaskStalled or EventTypes.TaskReinstated ? Worker(workerId) : TouchWorker(workerId, change);
            if (worker is not null)
            {
                UpdateWorker(worker, change, static (worker, change, task) => WorkerReducer.ApplyTask(worker, change, task!), task);
            }
        }

        Hold(task, isNew: e.EventType == EventTypes.TaskStarted);
        if (held is { } former && former != task.WorkerId)
        {
            LetGoOn(former);
        }
    }

    /// <summary>Whether the log contradicts what a watcher says of the task.</summary>
    private bool IsVoid(MonitoringEvent e, TaskState? task)
    {
        if (e.EventType == EventTypes.TaskReinstated)
        {
            return task is null || (Reinstatement.Of(e) is { } told && task.Standing.IsContradicted(told));
        }

        if (e.EventType != EventTypes.TaskStalled || Verdict.Of(e) is not { } verdict)
        {
            return false;
        }

        if (task is null || task.Standing.IsContradicted(verdict))
        {
            return true;
        }

        if (verdict.Reason != VerdictReasons.Silent || Worker(verdict.WorkerId) is not { } worker || !WorkerReducer.IsContradicted(worker, verdict))
        {
            return false;
        }

        // Who reads the task's own events only cannot know
        task.IsReinstatementDue = true;
        return true;
    }

    /// <summary>How an attempt ended that was not the task's any more: it counts for its worker, and changes nothing about the task.</summary>
    private void NoteLateWord(StateChange change, TaskState task)
    {
        var late = change with { IsLateWord = true };
        if (late.Failure is { } failure)
        {
            _errors.Record(failure, late);
        }

        UpdateWorker(TouchWorker(late.Event.WorkerId!.Value, late), late, static (worker, change, _) => WorkerReducer.ApplyLateWord(worker, change), task);
    }

    /// <summary>A task is counted in everything it is part of: all, its project, its run and its phase.</summary>
    private void Move(TaskState task, string? from, string? to)
    {
        All.Tasks.Move(from, to);
        if (task.ProjectId is { } projectId)
        {
            _projects.Find(projectId)?.Tasks.Move(from, to);
        }

        if (task.RunId is { } runId && _runs.TryGet(runId, out var run))
        {
            run.Tasks.Move(from, to);
            run.Phase(task.Phase, _limits.PhasesPerRun)?.Tasks.Move(from, to);
        }
    }

    private void CountFailure(TaskState task, string? kind, int change)
    {
        All.Tasks.CountFailure(kind, change);
        if (task.ProjectId is { } projectId)
        {
            _projects.Find(projectId)?.Tasks.CountFailure(kind, change);
        }

        if (task.RunId is { } runId && _runs.TryGet(runId, out var run))
        {
            run.Tasks.CountFailure(kind, change);
            run.Phase(task.Phase, _limits.PhasesPerRun)?.Tasks.CountFailure(kind, change);
        }
    }

    private void Forget(TaskState task)
    {
        Release(task);
        if (!task.HasEnded)
        {
            Move(task, task.Status, null);
        }

        _spare.Put(task);
    }

    private void Observe(StateChange change)
    {
        change.AllBucket.WorkersOnline = WorkersOnline;
        change.AllBucket.WorkersBusy = WorkersBusy;
        change.AllBucket.Processing = All.Tasks.Processing;
        change.AllBucket.QueueByPriority = Queues.ByPriority;
        change.AllBucket.QueueByTaskType = Queues.ByTaskType;
        if (change.ProjectBucket is { } bucket)
        {
            bucket.Processing = change.Project!.Tasks.Processing;
        }
    }

    private void ObserveClock(MonitoringEvent e, DateTimeOffset at)
    {
        if (e.Source is not { Length: > 0 } name)
        {
            return;
        }

        if (!_sources.TryGet(name, out var source))
        {
            source = new SourceState { Source = name, WindowStart = at };
            _sources.Add(source, ended: true);
        }

        source.Observe(e.Timestamp, at);
        _sources.End(source);
        if (e.WorkerId is { } id && Worker(id) is { } worker && (worker.Source is null || worker.Source == name))
        {
            worker.ClockOffsetMs = source.OffsetMs;
        }
    }

    private RunState TouchRun(string runId, StateChange change)
    {
        if (!_runs.TryGet(runId, out var run))
        {
            run = new RunState { RunId = runId, StartedAt = change.At };
            _runs.Add(run);
        }

        run.ProjectId ??= change.Event.ProjectId;
        run.TraceId ??= change.Event.TraceId;
        run.UpdatedAt = change.At;
        run.Position = change.Position;
        return run;
    }
}
