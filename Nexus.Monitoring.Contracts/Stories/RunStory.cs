using Nexus.Monitoring.Contracts.Events;
using Nexus.Monitoring.Contracts.Log;
using Nexus.Monitoring.Contracts.State;

namespace Nexus.Monitoring.Contracts.Stories;

/// <summary>
/// One run, told from its events: phases, and of each task what it did when. Where <see cref="State.LiveState"/> keeps how things stand of
/// everything, this keeps how one run got there. It has no clock; the same events give the same story. Not thread-safe.
/// </summary>
/// <param name="runId">The run: <c>parent_task_id</c> of its tasks.</param>
/// <param name="maxTasks">Most tasks that are kept; later ones are counted in <see cref="TasksLeftOut"/> only.</param>
public sealed class RunStory(string runId, int maxTasks = RunStory.DefaultMaxTasks)
{
    /// <summary>Tasks kept unless told otherwise.</summary>
    public const int DefaultMaxTasks = 20_000;

    private const int MaxPhases = 64;

    private readonly Dictionary<string, TaskStory> _byId = new(StringComparer.Ordinal);
    private readonly List<TaskStory> _tasks = [];
    private readonly List<PhaseStory> _phases = [];

    /// <summary>The run's id.</summary>
    public string RunId { get; } = runId;

    /// <summary>What people call it: the message of <c>run_started</c>.</summary>
    public string? Name { get; private set; }

    /// <summary>The project it belongs to.</summary>
    public string? ProjectId { get; private set; }

    /// <summary><c>processing</c>, <c>completed</c> or <c>failed</c>.</summary>
    public string Status { get; private set; } = EventStatuses.Processing;

    /// <summary>When it began; null when its <c>run_started</c> is not known.</summary>
    public DateTimeOffset? StartedAt { get; private set; }

    /// <summary>When it ended.</summary>
    public DateTimeOffset? EndedAt { get; private set; }

    /// <summary>What went wrong.</summary>
    public string? Error { get; private set; }

    /// <summary>Its trace.</summary>
    public string? TraceId { get; private set; }

    /// <summary>Phases in the order in which they were first heard of.</summary>
    public IReadOnlyList<PhaseStory> Phases => _phases;

    /// <summary>The phases that said that they began and not that they ended: under way while the run is, and else left so.</summary>
    public IEnumerable<UnendedPhase> UnendedPhases =>
        _phases.Where(phase => phase.IsUnended).Select(phase => new UnendedPhase(phase.Name, phase.StartedAt!.Value));

    /// <summary>Tasks in the order in which they were first heard of.</summary>
    public IReadOnlyList<TaskStory> Tasks => _tasks;

    /// <summary>Events about tasks that were not kept.</summary>
    public long TasksLeftOut { get; private set; }

    /// <summary>When the first event of it that is known reached the log.</summary>
    public DateTimeOffset? FirstAt { get; private set; }

    /// <summary>When something was last heard of it.</summary>
    public DateTimeOffset? LastAt => FirstAt is null ? null : Position.Time;

    /// <summary>Everything up to here is told.</summary>
    public LogPosition Position { get; private set; }

    /// <summary>The task with this id; null when it is not part of the story.</summary>
    public TaskStory? Task(string taskId) => _byId.GetValueOrDefault(taskId);

    /// <summary>Goes on with one event; one of another run, or at or before <see cref="Position"/>, changes nothing.</summary>
    /// <returns>Whether it belongs to the story and was new.</returns>
    public bool Apply(MonitoringEvent e, LogPosition position)
    {
        ArgumentNullException.ThrowIfNull(e);
        if (position <= Position || e.RunId != RunId)
        {
            return false;
        }

        Position = position;
        var at = position.Time;
        FirstAt ??= at;
        ProjectId ??= e.ProjectId;
        switch (EventCategories.Of(e.EventType))
        {
            case EventCategory.Run:
                ApplyToRun(e, at);
                break;
            case EventCategory.Phase when e.Phase is not null:
                Phase(e.Phase)?.Apply(e, at);
                break;
            case EventCategory.Task when e.TaskId is not null:
                ApplyToTask(e, e.TaskId, at);
                break;
        }

        return true;
    }

    private void ApplyToRun(MonitoringEvent e, DateTimeOffset at)
    {
        TraceId = e.TraceId ?? TraceId;
        Error = e.Error ?? Error;
        switch (e.EventType)
        {
            case EventTypes.RunStarted:
                (Name, StartedAt, EndedAt, Status) = (e.Message ?? Name, at, null, EventStatuses.Processing);
                break;
            case EventTypes.RunCompleted:
                (EndedAt, Status) = (at, EventStatuses.Completed);
                break;
            case EventTypes.RunFailed:
                (EndedAt, Status) = (at, EventStatuses.Failed);
                break;
        }
    }

    private void ApplyToTask(MonitoringEvent e, string taskId, DateTimeOffset at)
    {
        if (!_byId.TryGetValue(taskId, out var task))
        {
            if (_tasks.Count >= maxTasks)
            {
                TasksLeftOut++;
                return;
            }

            task = new TaskStory(taskId);
            _byId.Add(taskId, task);
            _tasks.Add(task);
        }

        task.Apply(e, Position);
        if (e.Phase is not null)
        {
            Phase(e.Phase)?.Touch(at);
        }
    }

    private PhaseStory? Phase(string name)
    {
        foreach (var known in _phases)
        {
            if (known.Name == name)
            {
                return known;
            }
        }

        if (_phases.Count >= MaxPhases)
        {
            return null;
        }

        var phase = new PhaseStory(name);
        _phases.Add(phase);
        return phase;
    }
}
