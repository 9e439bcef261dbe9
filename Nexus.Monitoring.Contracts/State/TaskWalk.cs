using Nexus.Monitoring.Contracts.Log;

namespace Nexus.Monitoring.Contracts.State;

/// <summary>
/// Walks over the tasks of a state from the one heard of last, some steps at a time, so that whoever locks the state for it need not do so for long.
/// A task that changes between two calls has gone to the front, behind the walk's back: the events after its beginning tell of it. Not thread-safe.
/// </summary>
/// <param name="before">Only tasks that were heard of last before this position; null for all.</param>
/// <param name="open">Whether to pass tasks that have not ended.</param>
/// <param name="endedAfter">Of the tasks that have, only those that were heard of after this position; null for none.</param>
public sealed class TaskWalk(LogPosition? before, bool open, LogPosition? endedAfter)
{
    private LogPosition? _before = before;
    private (TaskState Task, LogPosition Position)? _openMark;
    private (TaskState Task, LogPosition Position)? _endedMark;

    /// <summary>Goes on by at most so many steps.</summary>
    /// <param name="state">The state, the same at each call or one that has taken its place.</param>
    /// <param name="steps">How many tasks to look at.</param>
    /// <param name="see">Is shown each task; false ends the walk.</param>
    /// <returns>Whether there is more to see.</returns>
    public bool GoOn(LiveState state, int steps, Func<TaskState, bool> see)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(see);
        var oneOpen = open ? Resume(state, _openMark, ended: false) : null;
        var oneEnded = endedAfter is null ? null : Resume(state, _endedMark, ended: true);
        for (; steps > 0; steps--)
        {
            oneEnded = oneEnded?.Position > endedAfter ? oneEnded : null;
            var isOpen = oneOpen is not null && (oneEnded is null || oneOpen.Position > oneEnded.Position);
            if ((isOpen ? oneOpen : oneEnded) is not { } task)
            {
                return false;
            }

            if (isOpen)
            {
                (_openMark, oneOpen) = ((task, task.Position), (TaskState?)task.Older);
            }
            else
            {
                (_endedMark, oneEnded) = ((task, task.Position), (TaskState?)task.Older);
            }

            if (_before is null || task.Position < _before)
            {
                _before = task.Position;
                if (!see(task))
                {
                    return false;
                }
            }
        }

        return true;
    }

    /// <summary>Behind the last task seen; from the front again, past all that was seen, when that task has moved.</summary>
    private static TaskState? Resume(LiveState state, (TaskState Task, LogPosition Position)? mark, bool ended) =>
        mark is var (task, position) && task.Position == position && state.IsIn(task, ended) ? (TaskState?)task.Older : state.NewestTask(ended);
}
