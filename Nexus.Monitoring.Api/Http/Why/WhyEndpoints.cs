using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using Nexus.Monitoring.Api.History;
using Nexus.Monitoring.Api.History.Sessions;
using Nexus.Monitoring.Api.Http.Lists;
using Nexus.Monitoring.Api.Problems;
using Nexus.Monitoring.Api.Queries;
using Nexus.Monitoring.Api.State;
using Nexus.Monitoring.Contracts.Events;
using Nexus.Monitoring.Contracts.Json;
using Nexus.Monitoring.Contracts.State;
using Nexus.Monitoring.Contracts.Stories;

namespace Nexus.Monitoring.Api.Http.Why;

internal static class WhyEndpoints
{
    private const int MaxEvents = 1_000;

    public static void MapWhy(this IEndpointRouteBuilder endpoints) => endpoints.MapGet("/api/tasks/{id}/why", GetAsync)
        .WithTags("State")
        .WithName("GetTaskWhy")
        .WithSummary("Why a task waits: one sentence, in pieces that link to what they name.")
        .WithQuery(new QueryParameter(HistorySessions.Parameter, "An imported session instead of this node's own history."))
        .Produces<WhyAnswer>()
        .ProducesProblem(StatusCodes.Status404NotFound);

    private static async Task<IResult> GetAsync(string id, HttpContext http, LiveStateView view, IOptions<HistoryOptions> options)
    {
        if (http.Request.Query.ReadText(HistorySessions.Parameter) is null
            && view.Read(state => PageWriter.OneOrNull(WhyWaiting.Explain(state, id), MonitoringJson.Context.WhyAnswer)) is { } json)
        {
            return PageWriter.Send(json);
        }

        // Of a task that the live state no longer knows, or of another session, only what its own events tell is known.
        return !options.Value.IsKept ? Unknown(id) : await HistoryProblem.OrProblemAsync(http, async session =>
        {
            var told = new LiveState();
            foreach (var entry in await session.History.TaskEventsAsync(id, MaxEvents, http.RequestAborted))
            {
                if (EventJson.TryRead(entry.Json.Span, out var e, out _))
                {
                    told.Apply(e, entry.Position);
                }
            }

            return WhyWaiting.Explain(told, id, isWhole: false) is { } why ? TypedResults.Json(why, MonitoringJson.Context.WhyAnswer) : Unknown(id);
        });
    }

    private static ProblemHttpResult Unknown(string id) => Problem.NotFound($"No task '{id}' is known; the log may no longer tell of it.");
}
