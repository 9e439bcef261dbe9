using Nexus.Monitoring.Api.History.Sessions;
using Nexus.Monitoring.Api.Problems;

namespace Nexus.Monitoring.Api.Http.Sessions;

/// <summary>Imported sessions; <c>POST /api/import</c> makes one.</summary>
internal static class SessionEndpoints
{
    public static void MapSessions(this IEndpointRouteBuilder endpoints)
    {
        var group = endpoints.MapGroup("/api/sessions").WithTags("History");
        group.MapGet("/", (HistorySessions sessions) => TypedResults.Json(sessions.List(), ApiJson.Context.IReadOnlyListSessionFile))
            .WithName("ListSessions")
            .WithSummary("The imported sessions of this node, the newest first.")
            .Produces<IReadOnlyList<SessionFile>>();
        group.MapDelete("/{id}", IResult (string id, HistorySessions sessions) => sessions.Delete(id)
                ? TypedResults.NoContent()
                : Problem.NotFound($"There is no imported session '{id}' on this node."))
            .WithName("DeleteSession")
            .WithSummary("Deletes an imported session with its file.")
            .Produces(StatusCodes.Status204NoContent)
            .ProducesProblem(StatusCodes.Status404NotFound);
    }
}
