namespace Nexus.Monitoring.Contracts.State;

/// <summary>
/// Tasks that were forgotten, to become those that begin next: with a full table, a new task allocates nothing. At most <see cref="Capacity"/>.
/// Whoever keeps a task beyond one reading of the state has to look at its id and position again.
/// </summary>
internal sealed class SpareTasks
{
    /// <summary>Half a megabyte.</summary>
    public const int Capacity = 1_024;

    private TaskState? _first;
    private int _count;

    /// <summary>The task must be in no list and in nobody's hands any more when the next one is taken.</summary>
    public void Put(TaskState task)
    {
        if (_count < Capacity)
        {
            task.HeldBefore = _first;
            _first = task;
            _count++;
        }
    }

    public TaskState Take(string taskId)
    {
        if (_first is not { } task)
        {
            return new TaskState { TaskId = taskId };
        }

        _first = task.HeldBefore;
        _count--;
        task.Reuse(taskId);
        return task;
    }
}
