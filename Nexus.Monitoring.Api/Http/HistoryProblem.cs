using Nexus.Monitoring.Api.History;
using Nexus.Monitoring.Api.History.Sessions;
using Nexus.Monitoring.Api.Problems;
using Nexus.Monitoring.Api.Queries;

namespace Nexus.Monitoring.Api.Http;

/// <summary>Answers of history, or why there is none.</summary>
internal static class HistoryProblem
{
    /// <summary>Asks the history that is written, or the imported one that <c>session</c> names.</summary>
    public static async Task<IResult> OrProblemAsync(HttpContext http, Func<HistorySession, Task<IResult>> answer)
    {
        try
        {
            var id = http.Request.Query.ReadText(HistorySessions.Parameter);
            return http.RequestServices.GetRequiredService<HistorySessions>().Find(id) is { } session
                ? await answer(session)
                : Problem.NotFound($"There is no imported session '{id}' on this node.");
        }
        catch (HistoryUnavailableException away)
        {
            http.Response.Headers.RetryAfter = "5";
            return Problem.Of(StatusCodes.Status503ServiceUnavailable, "There is no history to ask.", away.Message);
        }
        catch (TimeoutException late)
        {
            return Problem.Of(StatusCodes.Status504GatewayTimeout, "The answer takes too long.", late.Message);
        }
    }
}
