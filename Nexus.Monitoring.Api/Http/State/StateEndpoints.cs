using Nexus.Monitoring.Api.History;
using Nexus.Monitoring.Api.Http.Lists;
using Nexus.Monitoring.Api.Http.Snapshot;
using Nexus.Monitoring.Api.Problems;
using Nexus.Monitoring.Api.Queries;
using Nexus.Monitoring.Api.Streaming;
using Nexus.Monitoring.Api.TimeMachine;
using Nexus.Monitoring.Contracts.State;

namespace Nexus.Monitoring.Api.Http.State;

/// <summary>How things stood.</summary>
internal static class StateEndpoints
{
    private const string AtParameter = "at";

    public static void MapState(this IEndpointRouteBuilder endpoints) => endpoints.MapGet("/api/state", GetAsync)
        .WithTags("State")
        .WithName("GetState")
        .WithSummary("The whole state at an instant: the log folded up to there. Its position is the exact cursor it stands for.")
        .WithQuery(
            new QueryParameter(AtParameter, "A cursor, an ISO 8601 time of the log's clock, or a relative one such as -15m; required."),
            SnapshotEndpoints.EndedTasks)
        .Produces<LiveStateSnapshot>()
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status503ServiceUnavailable);

    private static async Task<IResult> GetAsync(HttpContext http, StateAnswers answers, TimeProvider time)
    {
        var query = http.Request.Query;
        if (!Instant.TryParse(AtParameter, query[AtParameter].ToString(), time.GetUtcNow(), out var instant, out var error)
            || !SnapshotEndpoints.TryReadEndedTasks(query, out var endedTasks, out error))
        {
            return Problem.BadParameter(error!);
        }

        try
        {
            return PageWriter.Send(await answers.GetAsync(instant, endedTasks, http.RequestAborted));
        }
        catch (InstantAwayException before) when (before.Reason == InstantAway.Before)
        {
            return Problem.NotFound(before.Message);
        }
        catch (Exception away) when (away is InstantAwayException or HistoryUnavailableException or LogAwayException)
        {
            http.Response.Headers.RetryAfter = "5";
            return Problem.Of(StatusCodes.Status503ServiceUnavailable, "This instant cannot be shown now.", away.Message);
        }
        catch (TimeoutException late)
        {
            return Problem.Of(StatusCodes.Status504GatewayTimeout, "The answer takes too long.", late.Message);
        }
    }
}
