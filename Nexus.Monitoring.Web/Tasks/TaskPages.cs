using System.Globalization;
using Nexus.Monitoring.Contracts.History;
using Nexus.Monitoring.Contracts.Json;
using Nexus.Monitoring.Contracts.Log;
using Nexus.Monitoring.Web.Api;
using Nexus.Monitoring.Web.Pages;

namespace Nexus.Monitoring.Web.Tasks;

/// <summary>Parts of one list of tasks. For one viewer; not thread-safe.</summary>
internal sealed class TaskPages(ApiReader api, SharedAnswers answers, TaskSelection selection)
{
    /// <summary>Most tasks that a list shows: beyond that nobody scrolls, and a query is better.</summary>
    public const int MaxRows = 100_000;

    private const int FirstPage = 100;
    private const int PageSize = 500;

    /// <summary>Ten browsers with the same list cost as much as one.</summary>
    private static readonly TimeSpan MaxAge = TimeSpan.FromMilliseconds(900);

    /// <summary>With the opposite order, what changed since the list began; with its own, all behind its first row.</summary>
    private string? _begin;

    /// <summary>How many there are, as counted for the first part.</summary>
    public long? Total { get; private set; }

    /// <summary>Why tasks that ended are missing, if they are.</summary>
    public string? Incomplete { get; private set; }

    /// <summary>What was read last holds everything up to here; null before.</summary>
    public LogPosition? Position { get; private set; }

    /// <param name="cursor">Where the part begins; null for the first.</param>
    /// <param name="cancellationToken">Nobody wants it any more.</param>
    /// <exception cref="ApiProblemException">They cannot be had.</exception>
    public async Task<ListPart<TaskRow, string?>> ReadAsync(string? cursor, CancellationToken cancellationToken)
    {
        var page = cursor is null
            ? await ShareAsync(selection, FirstPage, MaxAge, cancellationToken)
            : await AskAsync(selection, cursor, 0, PageSize, cancellationToken);
        (Total, Position, _begin) = cursor is null ? (page.Total, page.Position, page.Previous) : (Total, Position, _begin);
        Incomplete = page.Problem;
        return new ListPart<TaskRow, string?>(page.Items, page.Next, page.Next is null);
    }

    /// <summary>The same backwards: the last first, or what is before the cursor.</summary>
    /// <inheritdoc cref="ReadAsync"/>
    public async Task<ListPart<TaskRow, string?>> ReadBackAsync(string? cursor, CancellationToken cancellationToken)
    {
        var page = await AskAsync(selection with { IsAscending = !selection.IsAscending }, cursor, 0, PageSize, cancellationToken);
        return new ListPart<TaskRow, string?>(page.Items, page.Next, page.Next is null);
    }

    /// <summary>From a row on, whatever was read before. Counted from where the list began, whatever came on top of it meanwhile.</summary>
    /// <returns>The part, and the cursor to read back from it with.</returns>
    /// <inheritdoc cref="ReadAsync"/>
    public async Task<(ListPart<TaskRow, string?> Part, string? Previous)> ReadAtAsync(int row, CancellationToken cancellationToken)
    {
        var page = await AskAsync(selection, _begin, _begin is null ? row : row - 1, FirstPage, cancellationToken);
        return (new ListPart<TaskRow, string?>(page.Items, page.Next, page.Next is null), page.Previous);
    }

    /// <summary>How those stand that changed last, whatever the list is sorted by.</summary>
    /// <exception cref="ApiProblemException">They cannot be had.</exception>
    public async Task<IReadOnlyDictionary<string, TaskRow>> ReadChangedAsync(CancellationToken cancellationToken)
    {
        var changed = selection with { Status = null, Sort = TaskSelection.ByChange, IsAscending = false };
        var page = await ShareAsync(changed, FirstPage, MaxAge, cancellationToken);
        Position = page.Position;
        return page.Items.DistinctBy(task => task.TaskId).ToDictionary(task => task.TaskId, StringComparer.Ordinal);
    }

    /// <summary>How many have this status, and up to where that was counted.</summary>
    /// <exception cref="ApiProblemException">Nobody can say.</exception>
    public async Task<(long Count, LogPosition Position)> CountAsync(string? status, TimeSpan maxAge, CancellationToken cancellationToken)
    {
        var page = await ShareAsync(selection with { Status = status }, 1, maxAge, cancellationToken);
        return (page.Total, page.Position);
    }

    private Task<TaskPage> ShareAsync(TaskSelection asked, int limit, TimeSpan maxAge, CancellationToken cancellationToken) =>
        answers.GetAsync(Address([.. asked.ToQuestion(), ("limit", Text(limit))]), MonitoringJson.Context.TaskPage, maxAge, cancellationToken);

    private Task<TaskPage> AskAsync(TaskSelection asked, string? cursor, int skip, int limit, CancellationToken cancellationToken) => api.GetAsync(
        Address([.. asked.ToQuestion(), ("cursor", cursor), ("skip", skip == 0 ? null : Text(skip)), ("limit", Text(limit))]),
        MonitoringJson.Context.TaskPage, cancellationToken);

    private static string Address((string, string?)[] parameters) => PageAddress.With("api/tasks", parameters);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
