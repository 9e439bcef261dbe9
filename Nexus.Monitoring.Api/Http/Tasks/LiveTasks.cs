using System.Text.Json;
using Nexus.Monitoring.Api.History.Tasks;
using Nexus.Monitoring.Api.State;
using Nexus.Monitoring.Contracts.Events;
using Nexus.Monitoring.Contracts.Json;
using Nexus.Monitoring.Contracts.Log;
using Nexus.Monitoring.Contracts.State;

namespace Nexus.Monitoring.Api.Http.Tasks;

/// <summary>
/// The part of a list of tasks that the live state knows and the history does not: tasks that are open, and those that ended after what is
/// stored. Encoded while the state is locked.
/// </summary>
internal sealed class LiveTasks
{
    /// <summary>Tasks that are looked at while the state is locked: about a fifth of a millisecond.</summary>
    private const int Steps = 2_000;

    private LiveTasks(IReadOnlyList<(TaskPlace Place, ReadOnlyMemory<byte> Json)> page, long total, LogPosition position) =>
        (Page, Total, Position) = (page, total, position);

    /// <summary>The first of those behind the cursor, sorted.</summary>
    public IReadOnlyList<(TaskPlace Place, ReadOnlyMemory<byte> Json)> Page { get; }

    /// <summary>How many there are on all pages.</summary>
    public long Total { get; }

    /// <summary>Up to where the state was folded.</summary>
    public LogPosition Position { get; }

    /// <param name="view">The live state. It may have a million tasks: it is let go of now and then, so that folding goes on.</param>
    /// <param name="list">What is asked for.</param>
    /// <param name="stored">Ends up to here are stored.</param>
    public static LiveTasks Read(LiveStateView view, TaskListQuery list, LogPosition stored)
    {
        var total = 0L;
        var worstFirst = Comparer<TaskPlace>.Create((left, right) => list.Order.Compare(right, left));
        var selected = new PriorityQueue<(TaskState Task, string Id), TaskPlace>(list.Limit + 2, worstFirst);
        var position = Walk(view, list, stored, (task, place) =>
        {
            total++;
            if (list.IsBehindCursor(place))
            {
                selected.Enqueue((task, task.TaskId), place);
                if (selected.Count > list.Limit + 1)
                {
                    selected.Dequeue();
                }
            }
        });

        return view.Read(_ => new LiveTasks(Encode(selected, list), total, position));
    }

    /// <summary>Where all those behind the cursor stand, unsorted.</summary>
    /// <inheritdoc cref="Read"/>
    public static (List<TaskPlace> Places, LogPosition Position) Places(LiveStateView view, TaskListQuery list, LogPosition stored)
    {
        var places = new List<TaskPlace>();
        var position = Walk(view, list, stored, (_, place) =>
        {
            if (list.IsBehindCursor(place))
            {
                places.Add(place);
            }
        });

        return (places, position);
    }

    /// <summary>Sees all that are wanted, each while the state is locked.</summary>
    /// <returns>Up to where the state was folded when it began.</returns>
    private static LogPosition Walk(LiveStateView view, TaskListQuery list, LogPosition stored, Action<TaskState, TaskPlace> see)
    {
        LogPosition position = default;
        TaskWalk? walk = null;
        while (view.Read(state =>
        {
            if (walk is null)
            {
                position = state.Position;
                walk = new TaskWalk(null, open: true, stored < position ? stored : position);
            }

            return walk.GoOn(state, Steps, See);
        }))
        {
            // Whoever waits for the state gets it here.
        }

        return position;

        bool See(TaskState task)
        {
            if (list.Matches(task))
            {
                see(task, new TaskPlace(list.Order.ValueOf(task, list.At), task.Position));
            }

            return true;
        }
    }

    /// <summary>In the order of the list. What has changed since it was selected, and is no longer wanted, is left out.</summary>
    private static List<(TaskPlace Place, ReadOnlyMemory<byte> Json)> Encode(PriorityQueue<(TaskState Task, string Id), TaskPlace> selected, TaskListQuery list)
    {
        var page = new List<(TaskPlace, ReadOnlyMemory<byte>)>(selected.Count);
        while (selected.TryDequeue(out var one, out var place))
        {
            // One that was forgotten meanwhile may be another task by now
            var task = one.Task;
            if (task.TaskId == one.Id && list.Matches(task))
            {
                page.Add((place, JsonSerializer.SerializeToUtf8Bytes(task, MonitoringJson.Context.TaskState)));
            }
        }

        page.Reverse();
        return page;
    }

    /// <summary>The task as an event that says how it stands, for queries.</summary>
    public static MonitoringEvent Describe(TaskState task) => new()
    {
        EventId = "",
        Timestamp = task.Position.Time,
        EventType = task.Status switch
        {
            EventStatuses.Pending => EventTypes.TaskEnqueued,
            EventStatuses.Processing => EventTypes.TaskStarted,
            EventStatuses.Retrying => EventTypes.TaskRetry,
            EventStatuses.Orphaned => EventTypes.TaskStalled,
            EventStatuses.Completed => EventTypes.TaskCompleted,
            EventStatuses.Cancelled => EventTypes.TaskCancelled,
            _ => EventTypes.TaskFailed,
        },
        ProjectId = task.ProjectId,
        TaskId = task.TaskId,
        ParentTaskId = task.RunId,
        TaskType = task.TaskType,
        Phase = task.Phase,
        Status = task.Status,
        WorkerId = task.WorkerId,
        RetryCount = task.Attempt > 0 ? task.Attempt - 1 : null,
        DurationMs = task.DurationMs,
        Message = task.Message,
        Error = task.Error,
        TraceId = task.TraceId,
        SpanId = task.SpanId,
    };
}
