using Nexus.Monitoring.Api.History;
using Nexus.Monitoring.Api.History.Sessions;
using Nexus.Monitoring.Api.Problems;
using Nexus.Monitoring.Api.Queries;

namespace Nexus.Monitoring.Api.Http;

/// <summary>Answers of history, or why there is none.</summary>
internal static class HistoryProblem
{
    /// <summary>Asks the history that is written, or the imported one that <c>session</c> names.</summary>
    /// <param name="http">The question.</param>
    /// <param name="answer">Asks.</param>
    /// <param name="without">What can be told without history, given why it does not answer; null when nothing can.</param>
    public static async Task<IResult> OrProblemAsync(
        HttpContext http, Func<HistorySession, Task<IResult>> answer, Func<string, IResult?>? without = null)
    {
        try
        {
            var id = http.Request.Query.ReadText(HistorySessions.Parameter);
            return http.RequestServices.GetRequiredService<HistorySessions>().Find(id) is { } session
                ? await answer(session)
                : Problem.NotFound($"There is no imported session '{id}' on this node.");
        }
        catch (Exception away) when (away is HistoryUnavailableException or TimeoutException && without?.Invoke(away.Message) is not null)
        {
            return without(away.Message)!;
        }
        catch (HistoryBusyException busy)
        {
            http.Response.Headers.RetryAfter = "30";
            return Problem.Of(StatusCodes.Status503ServiceUnavailable, "Too much at once.", busy.Message);
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
