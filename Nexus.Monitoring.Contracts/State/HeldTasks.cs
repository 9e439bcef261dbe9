namespace Nexus.Monitoring.Contracts.State;

/// <summary>The tasks in the hands of one worker, from the one begun last. The links are in the tasks, so taking one allocates nothing.</summary>
internal sealed class HeldTasks
{
    public TaskState? Newest { get; private set; }

    public int Count { get; private set; }

    /// <summary>Takes the task out of other hands, if it is in any.</summary>
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
    }
}
