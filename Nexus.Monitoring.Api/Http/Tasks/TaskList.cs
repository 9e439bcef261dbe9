using System.Text.Json;
using Nexus.Monitoring.Api.History.Sessions;
using Nexus.Monitoring.Api.History.Tasks;
using Nexus.Monitoring.Api.Http.Lists;
using Nexus.Monitoring.Api.State;
using Nexus.Monitoring.Api.Streaming;
using Nexus.Monitoring.Contracts.Json;
using Nexus.Monitoring.Contracts.Log;

namespace Nexus.Monitoring.Api.Http.Tasks;

/// <summary>
/// A list of live and stored tasks as one. The live state tells of tasks that are open, and of those that ended after what both know; the
/// history of those that ended before. A stored end that is not the last the live state has heard of its task is left out, be it that the task went
/// on, or that it was the late word of a worker from which it had been taken.
/// </summary>
internal static class TaskList
{
    /// <summary>Where history is kept.</summary>
    public static async Task<ReadOnlyMemory<byte>> ReadAsync(
        TaskListQuery list, HistorySession session, LiveStateView? view, CancellationToken cancellationToken)
    {
        if (list.Skip > 0)
        {
            list = await PassOverAsync(list, session, view, cancellationToken);
        }

        var upto = session.State.Head;
        var live = view is null ? null : LiveTasks.Read(view, list, upto);
        upto = live is null ? upto : LogPositions.Earlier(upto, live.Position);
        var question = list.Stored(session.State, upto);
        var stored = await session.History.TasksAsync(question, cancellationToken);
        var total = list.Total ?? (live?.Total ?? 0) + await session.History.CountTasksAsync(question, cancellationToken);
        var known = view is null ? stored : view.Read(state => stored.Where(task =>
            state.Task(task.Row.TaskId) is not { } now || now.Position == task.Place.Position).ToList());
        var items = (live?.Page ?? []).Concat(known.Select(task =>
            (task.Place, (ReadOnlyMemory<byte>)JsonSerializer.SerializeToUtf8Bytes(task.Row, MonitoringJson.Context.TaskRow))));

        // Beyond the last row that was read there may be more, also where some of what was read was left out.
        TaskPlace? last = stored.Count > list.Limit ? stored[^1].Place : null;
        return Write(list, items, last, live?.Position ?? upto, total, null);
    }

    /// <summary>The live state alone.</summary>
    /// <param name="list">What is asked for.</param>
    /// <param name="view">The live state.</param>
    /// <param name="problem">Why the history does not answer; null when none is kept.</param>
    public static ReadOnlyMemory<byte> ReadLive(TaskListQuery list, LiveStateView view, string? problem)
    {
        list = list.Skip == 0 ? list : Behind(list, LiveTasks.Places(view, list, LogPosition.Start).Places, list.Skip);
        var live = LiveTasks.Read(view, list, LogPosition.Start);
        return Write(list, live.Page, null, live.Position, list.Total ?? live.Total, problem);
    }

    /// <summary>
    /// The list behind those that are to be passed over. Nothing is read of them but where they stand, and that only of so many as there are live
    /// ones: the stored ones before those are passed over whichever places the live ones take.
    /// </summary>
    private static async Task<TaskListQuery> PassOverAsync(
        TaskListQuery list, HistorySession session, LiveStateView? view, CancellationToken cancellationToken)
    {
        var upto = session.State.Head;
        var (places, position) = view is null ? ([], upto) : LiveTasks.Places(view, list, upto);
        var question = list.Stored(session.State, LogPositions.Earlier(upto, position));
        var sure = Math.Max(0, list.Skip - places.Count - 1);
        var stored = await session.History.TaskPlacesAsync(question with { Skip = sure, Limit = list.Skip - sure }, cancellationToken);
        if (stored.Count == 0 && sure > 0)
        {
            // There are fewer than are passed over.
            sure = 0;
            stored = await session.History.TaskPlacesAsync(question with { Limit = list.Skip }, cancellationToken);
        }

        return Behind(list, [.. places, .. stored], list.Skip - sure);
    }

    /// <summary>The list behind the first so many of these places; behind the last where there are fewer.</summary>
    private static TaskListQuery Behind(TaskListQuery list, List<TaskPlace> places, int count)
    {
        places.Sort(list.Order.Compare);
        return places.Count == 0 ? list : list.Behind(places[Math.Min(count, places.Count) - 1]);
    }

    private static ReadOnlyMemory<byte> Write(
        TaskListQuery list, IEnumerable<(TaskPlace Place, ReadOnlyMemory<byte> Json)> items, TaskPlace? last, LogPosition position, long total,
        string? problem)
    {
        var sorted = items.Order(Comparer<(TaskPlace Place, ReadOnlyMemory<byte> Json)>.Create(
            (left, right) => list.Order.Compare(left.Place, right.Place))).ToList();
        var page = sorted.Take(list.Limit).ToList();
        var next = sorted.Count > list.Limit ? page[^1].Place : last;
        return PageWriter.Write(json =>
        {
            json.WriteStartObject();
            json.WriteStartArray("items");
            page.ForEach(item => json.WriteRawValue(item.Json.Span, skipInputValidation: true));
            json.WriteEndArray();
            if (next is { } place)
            {
                json.WriteString("next", list.CursorOf(place, total));
            }

            if (page is [var first, ..])
            {
                json.WriteString("previous", list.CursorOf(first.Place, total));
            }

            json.WriteString("position", position.ToString());
            json.WriteNumber("total", total);
            if (problem is not null)
            {
                json.WriteString("problem", problem);
            }

            json.WriteEndObject();
        });
    }
}
