using Nexus.Monitoring.Api.Http.Lists;
using Nexus.Monitoring.Api.Problems;
using Nexus.Monitoring.Api.Queries;
using Nexus.Monitoring.Api.Streaming;
using Nexus.Monitoring.Contracts.Filters;
using Nexus.Monitoring.Contracts.Frames;
using Nexus.Monitoring.Contracts.Log;

namespace Nexus.Monitoring.Api.Http.Events;

internal static class EventEndpoints
{
    private const string UptoParameter = "upto";
    private const string FollowParameter = "follow";
    private const string LastEventId = "Last-Event-ID";

    private static readonly string[] Flags = ["true", "false"];

    public static void MapEvents(this IEndpointRouteBuilder endpoints) => endpoints.MapGet("/api/events", GetAsync)
        .WithTags("Events")
        .WithName("ListEvents")
        .WithSummary("Events from the log, in its order; or the stream, as NDJSON or server-sent events.")
        .WithDescription(
            """
            Answers the newest matching events of the interval (after, upto]. For the page before, give its after as upto; the log's
            beginning is reached when after equals upto. For the page that follows, give its upto as cursor.
            With follow=true the answer does not end: NDJSON, one event or control frame a line; server-sent events for
            Accept: text/event-stream, which also honours Last-Event-ID.
            With q, from or to it answers from the history, in the same frame and with the same paging.
            """)
        .WithQuery([
            .. HistoryParameters.All,
            new(PageWriter.LimitParameter, "Most events, 1 to 1000; 100 when absent.", QueryParameterType.Integer),
            new(UptoParameter, "The newest events up to and including this position."),
            new(StreamRequest.CursorParameter, "The first events after this position."),
            new(FollowParameter, "Go on with what comes.", QueryParameterType.Flag),
            new(StreamRequest.SlowParameter, "What happens to a stream that falls behind: catch-up (the default), skip or disconnect."),
        ])
        .Produces<EventsFrame>()
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status503ServiceUnavailable);

    private static async Task<IResult> GetAsync(HttpContext http, SessionContext context, LogPager pager, StreamCapacity capacity)
    {
        var query = http.Request.Query;
        var acceptsSse = http.Request.Headers.Accept.ToString().Contains(ServerSentEventsSink.ContentType, StringComparison.OrdinalIgnoreCase);
        var cursor = query.ReadText(StreamRequest.CursorParameter) ?? (acceptsSse ? http.Request.Headers[LastEventId].ToString() : null);
        if (!FilterParser.TryParse(query.Pairs(), out var filter, out var error)
            || !StreamRequest.TryCreate(filter, cursor, query.ReadText(StreamRequest.SlowParameter), context.Time.GetUtcNow(), out var request, out error)
            || !query.TryReadWord(FollowParameter, Flags, out var follow, out error)
            || !query.TryReadInteger(PageWriter.LimitParameter, PageWriter.DefaultLimit, 1, PageWriter.MaxLimit, out var limit, out error)
            || !TryReadUpto(query, request, out var upto, out error))
        {
            return Problem.BadParameter(error!);
        }

        request = request with { Client = ReplayBudgets.ClientOf(http.Connection.RemoteIpAddress) };
        var isStream = follow == "true" || acceptsSse;
        var asked = HistoryParameters.Own.FirstOrDefault(name => query.ReadText(name) is not null);
        if (isStream && asked is not null)
        {
            return Problem.BadParameter(new FilterError(
                asked, query.ReadText(asked)!,
                "it is for pages of the history; a stream takes project_id, task_id, event_types, stats_only, q and cursor"));
        }

        if (!isStream && (asked is not null || !filter.NeedsKeysOnly))
        {
            return await HistoryEvents.GetAsync(http, context.Time.GetUtcNow(), request.Cursor, upto, limit);
        }

        if (isStream)
        {
            return await FollowAsync(http, context, capacity, request, acceptsSse);
        }

        try
        {
            var page = request.Cursor is { } after
                ? await pager.ReadAfterAsync(filter, after, limit, request.Client, http.RequestAborted)
                : await pager.ReadBackAsync(filter, upto, limit, request.Client, http.RequestAborted);
            return page is null ? Problem.BadParameter(StreamRequest.AheadOfTheLog(request.Cursor!.Value)) : new EventsResult(page);
        }
        catch (LogAwayException away)
        {
            return Problem.LogAway(http, away.Message);
        }
    }

    private static async Task<IResult> FollowAsync(
        HttpContext http, SessionContext context, StreamCapacity capacity, StreamRequest request, bool isSse)
    {
        IStreamSink sink = isSse ? new ServerSentEventsSink(http) : new NdjsonSink(http);
        if (!capacity.TryEnter(sink.Transport))
        {
            return Problem.Full(http, capacity);
        }

        try
        {
            return await new HttpStream(http, new StreamSession(context, request, sink)).RunAsync() ?? TypedResults.Empty;
        }
        finally
        {
            capacity.Leave(sink.Transport);
        }
    }

    private static bool TryReadUpto(IQueryCollection query, StreamRequest request, out LogPosition? upto, out FilterError? error)
    {
        upto = null;
        error = null;
        if (query.ReadText(UptoParameter) is not { } text)
        {
            return true;
        }

        if (!LogPosition.TryParse(text, out var position))
        {
            error = new FilterError(UptoParameter, text, "the position of an event is allowed, such as 1795435391750-3");
            return false;
        }

        upto = position;
        error = request.Cursor is null ? null : new FilterError(UptoParameter, text, "either upto or cursor is allowed, not both");
        return error is null;
    }
}
