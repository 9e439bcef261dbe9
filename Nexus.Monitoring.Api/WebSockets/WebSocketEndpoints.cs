using Nexus.Monitoring.Api.Problems;
using Nexus.Monitoring.Api.Queries;
using Nexus.Monitoring.Api.Streaming;
using Nexus.Monitoring.Api.TimeMachine.Replays;
using Nexus.Monitoring.Contracts.Filters;

namespace Nexus.Monitoring.Api.WebSockets;

internal static class WebSocketEndpoints
{
    private const string FormatParameter = "format";

    public static void MapWebSockets(this IEndpointRouteBuilder endpoints)
    {
        foreach (var path in new[] { "/ws/monitoring", "/ws/monitor" })
        {
            // CONNECT is how HTTP/2 opens one.
            endpoints.MapMethods(path, [HttpMethods.Get, HttpMethods.Connect], OpenAsync).ExcludeFromDescription();
        }
    }

    private static async Task<IResult> OpenAsync(HttpContext http, SessionContext context, ReplayContext replays, StreamCapacity capacity)
    {
        if (!TryRead(http.Request.Query, context.Time, out var request, out var format, out var error)
            || !TryReadReplay(http.Request.Query, request!, context.Time, out var replay, out error))
        {
            return Problem.BadParameter(error!);
        }

        if (UpgradeRequest.TryFindProblem(http.Request, out var problem))
        {
            return Problem.BadParameter(problem);
        }

        if (!http.WebSockets.IsWebSocketRequest)
        {
            http.Response.Headers.SecWebSocketVersion = "13";
            http.Response.Headers.Upgrade = "websocket";
            return Problem.Of(
                StatusCodes.Status426UpgradeRequired, "A WebSocket is needed.", $"{http.Request.Path} is a WebSocket; open it with ws:// or wss://.");
        }

        if (!capacity.TryEnter(FrameConnection.WebSocketTransport))
        {
            return Problem.Full(http, capacity);
        }

        if (replay is not null && !replays.TryEnter())
        {
            capacity.Leave(FrameConnection.WebSocketTransport);
            http.Response.Headers.RetryAfter = "5";
            return Problem.Of(StatusCodes.Status503ServiceUnavailable, "The node is full.", replays.WhyFull);
        }

        var admission = new Admission(capacity, replay is null ? null : replays);
        request = request! with { Client = ReplayBudgets.ClientOf(http.Connection.RemoteIpAddress) };
        var isServed = false;
        try
        {
            await FrameConnection.AcceptAsync(http, context.Time, connection =>
            {
                isServed = true;
                IStreamSink sink = format == StreamFormat.Batch ? new BatchSink(connection) : new EventSink(connection);
                IStreamSession session = replay is null ? new StreamSession(context, request!, sink) : new ReplaySession(replays, replay, sink);
                return ServeAsync(connection, context, session, admission);
            });
        }
        catch when (!isServed)
        {
            admission.Leave();
            throw;
        }

        return TypedResults.Empty;
    }

    private static async Task ServeAsync(FrameConnection connection, SessionContext context, IStreamSession session, Admission admission)
    {
        try
        {
            await new WebSocketConnection(connection, session, context).RunAsync();
        }
        finally
        {
            admission.Leave();
        }
    }

    /// <summary>A stream that has <c>from</c> or <c>speed</c> is a replay.</summary>
    private static bool TryReadReplay(
        IQueryCollection query, StreamRequest stream, TimeProvider time, out ReplayRequest? replay, out FilterError? error)
    {
        (replay, error) = (null, null);
        var (from, speed) = (query.ReadText(ReplayRequest.FromParameter), query.ReadText(ReplayRequest.SpeedParameter));
        return (from is null && speed is null) || ReplayRequest.TryCreate(stream, from, speed, time.GetUtcNow(), out replay, out error);
    }

    private static bool TryRead(
        IQueryCollection query, TimeProvider time, out StreamRequest? request, out StreamFormat format, out FilterError? error)
    {
        request = null;
        format = default;
        var text = query[FormatParameter].ToString();
        if (text.Length > 0 && !TryParseFormat(text, out format))
        {
            error = new FilterError(FormatParameter, text, "events or batch is allowed");
            return false;
        }

        return FilterParser.TryParse(query.Pairs(), out var filter, out error)
            && StreamRequest.TryCreate(
                filter, query[StreamRequest.CursorParameter], query[StreamRequest.SlowParameter], time.GetUtcNow(), out request, out error);
    }

    private static bool TryParseFormat(string text, out StreamFormat format)
    {
        format = text == "batch" ? StreamFormat.Batch : StreamFormat.Events;
        return text is "batch" or "events";
    }

    /// <summary>What a stream has entered and leaves when it ends; nothing else of its request is held until then.</summary>
    private readonly record struct Admission(StreamCapacity Capacity, ReplayContext? Replays)
    {
        public void Leave()
        {
            Capacity.Leave(FrameConnection.WebSocketTransport);
            Replays?.Leave();
        }
    }
}
