using Nexus.Monitoring.Contracts.Log;

namespace Nexus.Monitoring.Api.Http.Events;

/// <summary>Pages of the history. Positions never change, so a page stays what it was whatever is written meanwhile.</summary>
internal static class HistoryEvents
{
    public static async Task<IResult> GetAsync(HttpContext http, DateTimeOffset now, LogPosition? cursor, LogPosition? upto, int limit) =>
        HistoryParameters.TryReadEvents(http.Request.Query, now, out var question, out var problem)
            ? await HistoryProblem.OrProblemAsync(http, async session => new EventsResult(await session.History.SearchAsync(
                question.Query, question.RangeOf(session.State, cursor, upto), isBackwards: cursor is null, limit, http.RequestAborted)))
            : problem!;
}
