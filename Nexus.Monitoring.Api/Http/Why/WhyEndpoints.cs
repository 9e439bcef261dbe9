using Nexus.Monitoring.Api.Http.Lists;
using Nexus.Monitoring.Api.Problems;
using Nexus.Monitoring.Api.State;

namespace Nexus.Monitoring.Api.Http.Why;

internal static class WhyEndpoints
{
    public static void MapWhy(this IEndpointRouteBuilder endpoints) => endpoints.MapGet("/api/tasks/{id}/why", Get)
        .WithTags("State")
        .WithName("GetTaskWhy")
        .WithSummary("Why a task waits: one sentence, in pieces that link to what they name.")
        .Produces<WhyAnswer>()
        .ProducesProblem(StatusCodes.Status404NotFound);

    private static IResult Get(string id, LiveStateView view) =>
        view.Read(state => PageWriter.OneOrNull(WhyWaiting.Explain(state, id), ApiJson.Context.WhyAnswer)) is { } json
            ? PageWriter.Send(json)
            : Problem.NotFound($"No task '{id}' is known; the log may no longer tell of it.");
}
