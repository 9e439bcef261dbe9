using Nexus.Monitoring.Contracts.Events;
using Nexus.Monitoring.Contracts.State.Checkpoints;

namespace Nexus.Monitoring.Contracts.State;

/// <content>To and from a checkpoint, after which folding goes on as if nothing had been between.</content>
public sealed partial class LiveState
{
    internal TaskState? OldestEndedTask => _tasks.OldestEnded;

    internal CheckpointCore ToCore() => new()
    {
        State = ToSnapshot(endedTasks: 0),
        EndedTasks = _tasks.EndedCount,
        OldestEnded = OldestEndedTask?.Position,
        Held = HeldInOrder(),
    };

    /// <summary>Takes over a core and its segments, the newest first.</summary>
    /// <exception cref="InvalidDataException">They do not fit together.</exception>
    internal static LiveState FromCore(
        CheckpointCore core,
        IEnumerable<TaskState[]> segments,
        int endedTasks,
        LiveStateLimits? limits,
        IEnumerable<TaskState[]>? further = null,
        IReadOnlySet<string>? touched = null)
    {
        var state = Restore(core.State, limits);
        var wanted = Math.Min(endedTasks, core.EndedTasks);
        var known = new HashSet<string>(wanted, StringComparer.Ordinal);
        var ended = new List<TaskState>(wanted);
        foreach (var segment in segments)
        {
            // All of the last one: what is left out is left out with its segment.
            for (var i = segment.Length - 1; i >= 0 && ended.Count < core.EndedTasks; i--)
            {
                // One that was touched later stands where it was touched last.
                if (state.Task(segment[i].TaskId) is null && known.Add(segment[i].TaskId))
                {
                    ended.Add(segment[i]);
                }
            }

            if (ended.Count >= wanted)
            {
                break;
            }
        }

        if (ended.Count < wanted || (wanted == core.EndedTasks && ended.Count > 0 && ended[^1].Position != core.OldestEnded))
        {
            throw new InvalidDataException($"There are {ended.Count} ended tasks where {wanted} should be.");
        }

        foreach (var segment in further ?? [])
        {
            // They ended before all of those, and stand behind them.
            ended.AddRange(Enumerable.Reverse(segment).Where(task => touched!.Contains(task.TaskId) && state.Task(task.TaskId) is null && known.Add(task.TaskId)));
        }

        state._tasks.EnsureCapacity(ended.Count + core.State.Tasks.Count);
        for (var i = ended.Count - 1; i >= 0; i--)
        {
            state.AddRestored(ended[i]);
        }

        foreach (var (workerId, tasks) in core.Held)
        {
            foreach (var task in tasks)
            {
                var worker = state.Worker(workerId) ?? throw new InvalidDataException($"Worker {workerId} holds tasks and is not there.");
                worker.Held.Take(state.Task(task) ?? throw new InvalidDataException($"Task {task} is held and not there."));
            }
        }

        var waiting = state.OpenTasks.Where(task => task.Status is EventStatuses.Pending or EventStatuses.Retrying);
        foreach (var task in waiting.OrderBy(task => task.WaitingSince).ThenBy(task => task.Position).ToList())
        {
            state.Queue(task);
        }

        return state;
    }

    private Dictionary<int, List<string>> HeldInOrder()
    {
        var held = new Dictionary<int, List<string>>();
        foreach (var worker in _workers.Open.Concat(_workers.EndedNewestFirst).Where(worker => worker.Held.Count > 0))
        {
            held.Add(worker.WorkerId, [.. HeldBy(worker).Select(task => task.TaskId).Reverse()]);
        }

        return held;
    }

    /// <summary>Words that repeat are held once, as if they had been folded here.</summary>
    private void AddRestored(TaskState task)
    {
        task.TaskType = _names.Share(task.TaskType);
        task.Phase = _names.Share(task.Phase);
        task.FailureKind = _names.Share(task.FailureKind);
        task.Status = _names.Share(task.Status)!;
        task.Source = _names.Share(task.Source);
        task.Error = _names.ShareError(task.Error);
        task.Evidence = _names.ShareVerdict(task.Evidence);
        TaskReducer.Share(task, task.RunId is { } run ? Run(run) : null);
        _tasks.Add(task, task.HasEnded);
    }
}
