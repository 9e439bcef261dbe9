namespace Nexus.Monitoring.Contracts.State;

/// <content>Tasks that wait, by their type, in the order in which they began to wait.</content>
public sealed partial class LiveState
{
    /// <summary>Empty queues are kept while there are no more than this, so that one that runs dry and fills again allocates nothing.</summary>
    private const int EmptyQueues = 256;

    private readonly Dictionary<string, TaskChain> _waiting = new(StringComparer.Ordinal);

    /// <summary>
    /// Where the task stands among those of its type that wait. Whoever waits longest is first. Looks at no more than <paramref name="most"/> tasks
    /// from each end.
    /// </summary>
    /// <param name="task">A task that waits.</param>
    /// <param name="most">How far to look.</param>
    /// <returns>Its place from 1, null when it is further than that from both ends; and how many wait.</returns>
    public static (int? Place, int Waiting) QueuePlace(TaskState task, int most)
    {
        ArgumentNullException.ThrowIfNull(task);
        if (task.Holder is not { IsInHands: false } queue)
        {
            return (null, 0);
        }

        var (before, after) = (task.HeldBefore, task.HeldAfter);
        for (var steps = 0; steps < most; steps++)
        {
            if (before is null)
            {
                return (steps + 1, queue.Count);
            }

            if (after is null)
            {
                return (queue.Count - steps, queue.Count);
            }

            (before, after) = (before.HeldBefore, after.HeldAfter);
        }

        return (null, queue.Count);
    }

    private void Queue(TaskState task)
    {
        var type = task.TaskType ?? "";
        if (task.Holder?.Queue == type)
        {
            return;
        }

        if (!_waiting.TryGetValue(type, out var queue))
        {
            _waiting.Add(type, queue = new TaskChain(type));
        }

        Release(task);
        queue.Take(task);
    }

    private void Release(TaskState task)
    {
        if (task.Holder is { } from)
        {
            from.Drop(task);
            if (from is { Queue: { } type, Count: 0 } && _waiting.Count > EmptyQueues)
            {
                _waiting.Remove(type);
            }
        }
    }
}
