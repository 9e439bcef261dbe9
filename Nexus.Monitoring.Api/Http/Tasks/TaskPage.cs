using Nexus.Monitoring.Api.Http.Lists;
using Nexus.Monitoring.Api.State;
using Nexus.Monitoring.Contracts.Events;
using Nexus.Monitoring.Contracts.Json;
using Nexus.Monitoring.Contracts.Log;
using Nexus.Monitoring.Contracts.State;

namespace Nexus.Monitoring.Api.Http.Tasks;

/// <summary>
/// Part of the list of tasks. There may be a million of them, of which few match: the state is let go of now and then, so that folding goes on.
/// The page's position is that of its beginning; what changes while it is put together is told by the events after it.
/// </summary>
internal static class TaskPage
{
    /// <summary>Tasks that are looked at while the state is locked: about a fifth of a millisecond.</summary>
    private const int Steps = 2_000;

    public static ReadOnlyMemory<byte> Read(LiveStateView view, ListQuery query, Func<TaskState, bool> matches)
    {
        var status = query.Status;
        var isEnded = status is EventStatuses.Completed or EventStatuses.Failed or EventStatuses.Cancelled;
        var walk = new TaskWalk(query.Before, open: !isEnded, ended: status is null || isEnded);
        var items = new List<ReadOnlyMemory<byte>>();
        LogPosition? position = null;
        LogPosition last = default;
        var hasMore = false;
        while (view.Read(state =>
        {
            position ??= state.Position;
            return walk.GoOn(state, Steps, See);
        }))
        {
            // The state is free in between.
        }

        return PageWriter.Page(items, hasMore ? last.ToString() : null, position!.Value);

        bool See(TaskState task)
        {
            if (!matches(task))
            {
                return true;
            }

            if (items.Count == query.Limit)
            {
                hasMore = true;
                return false;
            }

            items.Add(PageWriter.One(task, MonitoringJson.Context.TaskState));
            last = task.Position;
            return true;
        }
    }
}
