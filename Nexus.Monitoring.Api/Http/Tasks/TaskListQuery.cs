using System.Globalization;
using Nexus.Monitoring.Api.History;
using Nexus.Monitoring.Api.History.Tasks;
using Nexus.Monitoring.Api.Http.Events;
using Nexus.Monitoring.Api.Http.Lists;
using Nexus.Monitoring.Api.Problems;
using Nexus.Monitoring.Api.Queries;
using Nexus.Monitoring.Contracts.Events;
using Nexus.Monitoring.Contracts.Filters;
using Nexus.Monitoring.Contracts.Log;
using Nexus.Monitoring.Contracts.State;

namespace Nexus.Monitoring.Api.Http.Tasks;

/// <summary>A part of a sorted list of tasks, live and stored.</summary>
internal sealed class TaskListQuery
{
    private const string Type = "task_type";
    private const string Sort = "sort";
    private const string Direction = "order";
    private const string Pass = "skip";

    /// <summary>As far as somebody looks through a list; further on a query is better.</summary>
    private const int MaxSkip = 100_000;

    private static readonly string[] Directions = ["desc", "asc"];

    private readonly EventQuestion _question;
    private readonly string? _status;
    private readonly Func<MonitoringEvent, bool>? _matches;

    private TaskListQuery(EventQuestion question, string? status, TaskOrder order, int limit, int skip, Cursor cursor)
    {
        (_question, _status, Order, Limit, Skip) = (question, status, order, limit, skip);
        (At, After, Total) = (cursor.At, cursor.After, cursor.Total);
        _matches = question.Query.MatchesAll ? null : question.Query.Compile(cursor.At);
    }

    public static IReadOnlyList<QueryParameter> Parameters { get; } =
    [
        .. HistoryParameters.All.Where(parameter => parameter.Name is not HistoryParameters.From and not HistoryParameters.To),
        new(HistoryParameters.From, "Only tasks whose last event is not before this time; all when absent."),
        new(HistoryParameters.To, "Only tasks whose last event is not after this time."),
        new(HistoryParameters.Run, "Only of this run."),
        new(Type, "Only of this type, such as summarization."),
        new(ListQuery.StatusParameter, $"Only with this status: {string.Join(", ", EventStatuses.All)}."),
        new(Sort, "changed (by the last event, when absent), finished, waiting, running or duration (from the first queue to the end)."),
        new(Direction, "desc (when absent) or asc."),
        new(PageWriter.LimitParameter, "Most tasks, 1 to 1000; 100 when absent.", QueryParameterType.Integer),
        new(PageWriter.CursorParameter, "next of the page before; or previous of the page behind, with the opposite order."),
        new(Pass, $"Tasks to pass over, 0 to {MaxSkip}; 0 when absent. Counted when it is asked, so where tasks change meanwhile it is about as many.", QueryParameterType.Integer),
    ];

    public TaskOrder Order { get; }

    public int Limit { get; }

    /// <summary>How many behind the cursor are passed over.</summary>
    public int Skip { get; }

    /// <summary>The moment up to which what still waits or runs is counted; the same on all pages of a list.</summary>
    public DateTimeOffset At { get; }

    public TaskPlace? After { get; }

    /// <summary>How many tasks the list had when its first page was asked for; null on that.</summary>
    public long? Total { get; }

    public static bool TryRead(IQueryCollection query, DateTimeOffset now, out TaskListQuery? list, out IResult? problem)
    {
        list = null;
        if (!HistoryParameters.TryReadEvents(query, now, out var question, out problem))
        {
            return false;
        }

        Cursor? cursor = null;
        if (!query.TryReadWord(ListQuery.StatusParameter, EventStatuses.All, out var status, out var error)
            || !query.TryReadWord(Sort, TaskOrder.Names, out var sort, out error)
            || !query.TryReadWord(Direction, Directions, out var direction, out error)
            || !query.TryReadInteger(PageWriter.LimitParameter, PageWriter.DefaultLimit, 1, PageWriter.MaxLimit, out var limit, out error)
            || !query.TryReadInteger(Pass, 0, 0, MaxSkip, out var skip, out error)
            || !Cursor.TryRead(query.ReadText(PageWriter.CursorParameter), now, out cursor, out error))
        {
            problem = Problem.BadParameter(error!);
            return false;
        }

        var asked = QueryFilters.And(
            question.Query, QueryFilters.Equal("run_id", query.ReadText(HistoryParameters.Run)),
            QueryFilters.Equal("task_type", query.ReadText(Type)));
        list = new TaskListQuery(
            question with { Query = asked }, status, new TaskOrder(sort ?? TaskOrder.Names[0], direction == "asc"), limit, skip, cursor!);
        return true;
    }

    public bool IsBehindCursor(TaskPlace place) => After is not { } after || Order.Compare(place, after) > 0;

    /// <summary>The same list behind a place, with nothing to pass over.</summary>
    public TaskListQuery Behind(TaskPlace place) => new(_question, _status, Order, Limit, 0, new Cursor(At, Total, place));

    /// <summary>Whether a task of the live state is wanted.</summary>
    public bool Matches(TaskState task) =>
        (_status is null || task.Status == _status)
        && (_question.From is not { } from || task.Position.Time >= from)
        && (_question.To is not { } to || task.Position.Time <= to)
        && (_matches is null || _matches(LiveTasks.Describe(task)));

    /// <summary>The part that the history has, up to a position.</summary>
    public TaskQuestion Stored(HistoryState state, LogPosition upto) => new(
        _question.Query, _question.RangeOf(state, null, upto),
        [.. EndedTasks.EndTypes.Where(type => _status is null || type == "task_" + _status)], Order, After, Limit + 1, At);

    /// <summary>What to ask for the part behind <paramref name="place"/> with; in the opposite order for what is before it.</summary>
    public string CursorOf(TaskPlace place, long total) => string.Create(
        CultureInfo.InvariantCulture, $"{At.ToUnixTimeMilliseconds()}_{total}_{place.Value}_{place.Position}");

    private sealed record Cursor(DateTimeOffset At, long? Total, TaskPlace? After)
    {
        public static bool TryRead(string? text, DateTimeOffset now, out Cursor? cursor, out FilterError? error)
        {
            error = null;
            cursor = text is null ? new Cursor(now, null, null) : Parse(text.Split('_'));
            error = cursor is null
                ? new FilterError(PageWriter.CursorParameter, text!, "the value of next in the page before is allowed")
                : null;
            return cursor is not null;
        }

        private static Cursor? Parse(string[] parts) =>
            parts.Length == 4 && TryParse(parts[0], out var at) && at >= 0 && at < DateTimeOffset.MaxValue.ToUnixTimeMilliseconds()
            && TryParse(parts[1], out var total) && TryParse(parts[2], out var value) && LogPosition.TryParse(parts[3], out var position)
                ? new Cursor(DateTimeOffset.FromUnixTimeMilliseconds(at), total, new TaskPlace(value, position))
                : null;

        private static bool TryParse(string text, out long number) =>
            long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number);
    }
}
