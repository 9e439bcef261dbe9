using Nexus.Monitoring.Api.Queries;
using Nexus.Monitoring.Contracts.Filters;
using Nexus.Monitoring.Contracts.Log;

namespace Nexus.Monitoring.Api.Http.Lists;

/// <summary>What all lists of what changed last are asked with.</summary>
internal sealed record ListQuery(string? ProjectId, string? Status, int Limit, LogPosition? Before)
{
    public const string StatusParameter = "status";

    public static IReadOnlyList<QueryParameter> Parameters { get; } =
    [
        new(FilterParameters.ProjectId, "Only of this project."),
        new(StatusParameter, "Only with this status."),
        new(PageWriter.LimitParameter, "Most entries, 1 to 1000; 100 when absent.", QueryParameterType.Integer),
        new(PageWriter.CursorParameter, "next of the page before."),
    ];

    public static bool TryRead(IQueryCollection query, IReadOnlyList<string> statuses, out ListQuery? list, out FilterError? error)
    {
        list = null;
        if (!query.TryReadWord(StatusParameter, statuses, out var status, out error)
            || !query.TryReadInteger(PageWriter.LimitParameter, PageWriter.DefaultLimit, 1, PageWriter.MaxLimit, out var limit, out error))
        {
            return false;
        }

        LogPosition? before = null;
        if (query.ReadText(PageWriter.CursorParameter) is { } cursor)
        {
            if (!LogPosition.TryParse(cursor, out var position))
            {
                error = new FilterError(PageWriter.CursorParameter, cursor, "the value of next in the page before is allowed");
                return false;
            }

            before = position;
        }

        list = new ListQuery(query.ReadText(FilterParameters.ProjectId), status, limit, before);
        return true;
    }

    public bool Matches(string? projectId, string status) =>
        (ProjectId is null || ProjectId == projectId) && (Status is null || Status == status);
}
