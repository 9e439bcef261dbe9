using System.Text.Json;
using Nexus.Monitoring.Api.History.Tasks;
using Nexus.Monitoring.Contracts.Events;
using Nexus.Monitoring.Contracts.Json;
using Nexus.Monitoring.Contracts.Log;
using Nexus.Monitoring.Contracts.State;

namespace Nexus.Monitoring.Api.Http.Tasks;

/// <summary>
/// The part of a list of tasks that the live state knows and the history does not: tasks that are open, and those that ended after what is stored.
/// Encoded while the state is locked.
/// </summary>
internal sealed class LiveTasks
{
    private LiveTasks(IReadOnlyList<(TaskPlace Place, ReadOnlyMemory<byte> Json)> page, long total, LogPosition position) =>
        (Page, Total, Position) = (page, total, position);

    /// <summary>The first of those behind the cursor, sorted.</summary>
    public IReadOnlyList<(TaskPlace Place, ReadOnlyMemory<byte> Json)> Page { get; }

    /// <summary>How many there are on all pages.</summary>
    public long Total { get; }

    /// <summary>Up to where the state was folded.</summary>
    public LogPosition Position { get; }

    /// <param name="state">The live state.</param>
    /// <param name="list">What is asked for.</param>
    /// <param name="upto">Ends up to here are stored.</param>
    public static LiveTasks Read(LiveState state, TaskListQuery list, LogPosition upto)
    {
        var total = 0L;
        var worstFirst = Comparer<TaskPlace>.Create((left, right) => list.Order.Compare(right, left));
        var selected = new PriorityQueue<TaskState, TaskPlace>(list.Limit + 2, worstFirst);
        var ended = state.EndedTasks.TakeWhile(task => task.EndedAt >= upto.Time).Where(task => task.Position > upto);
        foreach (var task in state.OpenTasks.Concat(ended).Where(list.Matches))
        {
            total++;
            var place = new TaskPlace(list.Order.ValueOf(task, list.At), task.Position);
            if (list.After is not { } after || list.Order.Compare(place, after) > 0)
            {
                selected.Enqueue(task, place);
                if (selected.Count > list.Limit + 1)
                {
                    selected.Dequeue();
                }
            }
        }

        var page = new (TaskPlace, ReadOnlyMemory<byte>)[selected.Count];
        for (var i = page.Length - 1; i >= 0; i--)
        {
            selected.TryDequeue(out var task, out var place);
            page[i] = (place, JsonSerializer.SerializeToUtf8Bytes(task!, MonitoringJson.Context.TaskState));
        }

        return new LiveTasks(page, total, state.Position);
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
