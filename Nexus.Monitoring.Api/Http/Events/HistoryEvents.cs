using Nexus.Monitoring.Contracts.Filters;
using Nexus.Monitoring.Contracts.Log;

namespace Nexus.Monitoring.Api.Http.Events;

/// <summary>Pages of the history. Positions never change, so a page stays what it was whatever is written meanwhile.</summary>
internal static class HistoryEvents
{
    public static async Task<IResult> GetAsync(HttpContext http, EventFilter filter, LogPosition? cursor, LogPosition? upto, int limit)
    {
        var now = http.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow();
        return TryReadQuestion(http, filter, now, out var question, out var problem)
            ? await HistoryProblem.OrProblemAsync(http, async session => new EventsResult(await session.History.SearchAsync(
                question.Query, question.RangeOf(session.State, cursor, upto), isBackwards: cursor is null, limit, http.RequestAborted)))
            : problem!;
    }

    /// <summary>What to look for and when, as <c>q</c>, <c>from</c>, <c>to</c> and the filter say.</summary>
    public static bool TryReadQuestion(HttpContext http, EventFilter filter, DateTimeOffset now, out EventQuestion question,
        out IResult? problem)
    {
        question = null!;
        if (!HistoryParameters.TryReadQuery(http.Request.Query, out var query, out problem)
            || !HistoryParameters.TryReadTime(http.Request.Query, HistoryParameters.From, now, out var from, out problem)
            || !HistoryParameters.TryReadTime(http.Request.Query, HistoryParameters.To, now, out var to, out problem))
        {
            return false;
        }

        question = new EventQuestion(QueryFilters.And(query, filter), from, to);
        return true;
    }
}
