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

    /// <summary>The most that the API gives at once, for who wants to get far.</summary>
    private const int LargePageSize = 1_000;

    /// <summary>Ten browsers with the same list cost as much as one.</summary>
    private static readonly TimeSpan MaxAge = TimeSpan.FromMilliseconds(900);

    /// <summary>How many there are, as counted for the first part.</summary>
    public long? Total { get; private set; }

    /// <summary>Why tasks that ended are missing, if they are.</summary>
    public string? Incomplete { get; private set; }

    /// <summary>What was read last holds everything up to here; null before.</summary>
    public LogPosition? Position { get; private set; }

    /// <param name="cursor">Where the part begins; null for the first.</param>
    /// <param name="isFar">Whether much is to be read.</param>
    /// <param name="cancellationToken">Nobody wants it any more.</param>
    /// <exception cref="ApiProblemException">They cannot be had.</exception>
    public async Task<ListPart<TaskRow, string?>> ReadAsync(string? cursor, bool isFar, CancellationToken cancellationToken)
    {
        var page = cursor is null
            ? await ShareAsync(selection, FirstPage, MaxAge, cancellationToken)
            : await AskAsync(selection, cursor, isFar, cancellationToken);
        (Total, Position) = cursor is null ? (page.Total, page.Position) : (Total, Position);
        Incomplete = page.Problem;
        return new ListPart<TaskRow, string?>(page.Items, page.Next, page.Next is null);
    }

    /// <summary>The same from its end on: the last first.</summary>
    /// <inheritdoc cref="ReadAsync"/>
    public async Task<ListPart<TaskRow, string?>> ReadBackAsync(string? cursor, bool isFar, CancellationToken cancellationToken)
    {
        var page = await AskAsync(selection with { IsAscending = !selection.IsAscending }, cursor, isFar, cancellationToken);
        return new ListPart<TaskRow, string?>(page.Items, page.Next, page.Next is null);
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

    private Task<TaskPage> AskAsync(TaskSelection asked, string? cursor, bool isFar, CancellationToken cancellationToken) => api.GetAsync(
        Address([.. asked.ToQuestion(), ("cursor", cursor), ("limit", Text(isFar ? LargePageSize : PageSize))]),
        MonitoringJson.Context.TaskPage, cancellationToken);

    private static string Address((string, string?)[] parameters) => PageAddress.With("api/tasks", parameters);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
