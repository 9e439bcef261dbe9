using Microsoft.Extensions.Options;
using Nexus.Monitoring.Api.History;
using Nexus.Monitoring.Api.History.Sessions;
using Nexus.Monitoring.Api.Http.Lists;
using Nexus.Monitoring.Api.Problems;
using Nexus.Monitoring.Api.Queries;
using Nexus.Monitoring.Contracts.History;
using Nexus.Monitoring.Contracts.Json;
using Nexus.Monitoring.Contracts.Query;

namespace Nexus.Monitoring.Api.Http.Completion;

/// <summary>Helps whoever writes a query. The language's own words need no history, values do.</summary>
internal static class CompletionEndpoints
{
    private const string Caret = "caret";
    private const int DefaultLimit = 20;
    private const int MaxLimit = 100;

    public static void MapCompletion(this IEndpointRouteBuilder endpoints) => endpoints.MapGet("/api/query/complete", GetAsync)
        .WithTags("History")
        .WithName("CompleteQuery")
        .WithSummary("What may be written at a place of a query: fields, operators, and values with how often they came lately.")
        .WithQuery([
            new(HistoryParameters.Query, "The query as it is, half written or wrong."),
            new(Caret, "Where it is being written, counted from 0 in UTF-16 characters; its end when absent.", QueryParameterType.Integer),
            new(PageWriter.LimitParameter, $"Most suggestions, 1 to {MaxLimit}; {DefaultLimit} when absent.", QueryParameterType.Integer),
            new(HistorySessions.Parameter, "An imported session instead of this node's own history."),
        ])
        .Produces<CompletionAnswer>()
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status503ServiceUnavailable);

    private static async Task<IResult> GetAsync(HttpContext http, IOptions<HistoryOptions> options)
    {
        var parameters = http.Request.Query;
        var query = parameters[HistoryParameters.Query].ToString();
        if (!parameters.TryReadInteger(Caret, query.Length, 0, query.Length, out var caret, out var error)
            || !parameters.TryReadInteger(PageWriter.LimitParameter, DefaultLimit, 1, MaxLimit, out var limit, out error))
        {
            return Problem.BadParameter(error!);
        }

        var place = QueryCaret.At(query, caret);
        var wrong = EventQuery.TryParse(query, out _, out var bad) ? null : bad;
        IResult Answer(IReadOnlyList<QuerySuggestion> values) => TypedResults.Json(
            new CompletionAnswer(
                place.Start, place.Length, place.Field?.Name,
                [.. values.Concat(place.Words()).DistinctBy(one => one.Text).Take(limit)], wrong),
            MonitoringJson.Context.CompletionAnswer);
        return options.Value.IsKept
            ? await HistoryProblem.OrProblemAsync(http, async session =>
                Answer(await session.History.SuggestAsync(place, limit, http.RequestAborted)))
            : Answer([]);
    }
}
