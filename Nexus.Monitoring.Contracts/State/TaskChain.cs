namespace Nexus.Monitoring.Contracts.State;

/// <summary>
/// The tasks in the hands of one worker, from the one begun last; or those of one type that wait, from the one that came last. A task is in one
/// chain at most, and the links are in the tasks, so taking one allocates nothing.
/// </summary>
/// <param name="queue">The type of tasks that wait; null for what is in somebody's hands.</param>
internal sealed class TaskChain(string? queue = null)
{
    public string? Queue => queue;

    public bool IsInHands => queue is null;

    public TaskState? Newest { get; private set; }

    public int Count { get; private set; }

    /// <summary>How many of them have <see cref="TaskState.IsReinstatementDue"/>.</summary>
    public int Due { get; private set; }

    public void CountDue(int change) => Due += change;

    /// <summary>Takes the task out of the chain it is in, if it is in any.</summary>
    public void Take(TaskState task)
    {
        task.Holder?.Drop(task);
        task.Holder = this;
        task.HeldBefore = Newest;
        if (Newest is not null)
        {
            Newest.HeldAfter = task;
        }

        Newest = task;
        Count++;
        Due += task.IsReinstatementDue ? 1 : 0;
    }

    public void Drop(TaskState task)
    {
        if (task.HeldAfter is null)
        {
            Newest = task.HeldBefore;
        }
        else
        {
            task.HeldAfter.HeldBefore = task.HeldBefore;
        }

        if (task.HeldBefore is not null)
        {
            task.HeldBefore.HeldAfter = task.HeldAfter;
        }

        task.Holder = null;
        task.HeldBefore = task.HeldAfter = null;
        Count--;
        Due -= task.IsReinstatementDue ? 1 : 0;
    }
}
