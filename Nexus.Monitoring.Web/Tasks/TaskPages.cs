using System.Globalization;
using Nexus.Monitoring.Contracts.History;
using Nexus.Monitoring.Contracts.Json;
using Nexus.Monitoring.Web.Api;
using Nexus.Monitoring.Web.Pages;

namespace Nexus.Monitoring.Web.Tasks;

/// <summary>Parts of one list of tasks. For one viewer; not thread-safe.</summary>
internal sealed class TaskPages(ApiReader api, TaskSelection selection)
{
    /// <summary>Most tasks that a list shows: beyond that nobody scrolls, and a query is better.</summary>
    public const int MaxRows = 100_000;

    private const int FirstPage = 100;
    private const int PageSize = 500;

    /// <summary>How many there are, as counted for the first part.</summary>
    public long? Total { get; private set; }

    /// <summary>Why tasks that ended are missing, if they are.</summary>
    public string? Incomplete { get; private set; }

    /// <exception cref="ApiProblemException">They cannot be had.</exception>
    public async Task<ListPart<TaskRow, string?>> ReadAsync(string? cursor, CancellationToken cancellationToken)
    {
        var page = await AskAsync([.. selection.ToQuestion(), ("cursor", cursor), ("limit", Text(cursor is null ? FirstPage : PageSize))], cancellationToken);
        Total = cursor is null ? page.Total : Total;
        Incomplete = page.Problem;
        return new ListPart<TaskRow, string?>(page.Items, page.Next, page.Next is null);
    }

    /// <summary>How those stand that changed last, whatever the list is sorted by.</summary>
    /// <exception cref="ApiProblemException">They cannot be had.</exception>
    public async Task<IReadOnlyDictionary<string, TaskRow>> ReadChangedAsync(CancellationToken cancellationToken)
    {
        var changed = selection with { Status = null, Sort = TaskSelection.ByChange, IsAscending = false };
        var page = await AskAsync([.. changed.ToQuestion(), ("limit", Text(FirstPage))], cancellationToken);
        return page.Items.DistinctBy(task => task.TaskId).ToDictionary(task => task.TaskId, StringComparer.Ordinal);
    }

    /// <summary>How many have this status.</summary>
    /// <exception cref="ApiProblemException">Nobody can say.</exception>
    public async Task<long> CountAsync(string? status, CancellationToken cancellationToken) =>
        (await AskAsync([.. (selection with { Status = status }).ToQuestion(), ("limit", "1")], cancellationToken)).Total;

    private Task<TaskPage> AskAsync((string, string?)[] parameters, CancellationToken cancellationToken) =>
        api.GetAsync(PageAddress.With("api/tasks", parameters), MonitoringJson.Context.TaskPage, cancellationToken);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
