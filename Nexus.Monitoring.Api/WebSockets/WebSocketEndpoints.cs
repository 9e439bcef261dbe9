using Nexus.Monitoring.Api.Problems;
using Nexus.Monitoring.Api.Queries;
using Nexus.Monitoring.Api.Streaming;
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

    private static async Task<IResult> OpenAsync(HttpContext http, SessionContext context, StreamCapacity capacity)
    {
        if (!TryRead(http.Request.Query, context.Time, out var request, out var format, out var error))
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

        var isServed = false;
        try
        {
            await FrameConnection.AcceptAsync(http, context.Time, connection =>
            {
                isServed = true;
                return ServeAsync(connection, context, capacity, request!, format);
            });
        }
        catch when (!isServed)
        {
            capacity.Leave(FrameConnection.WebSocketTransport);
            throw;
        }
        return TypedResults.Empty;
    }

    private static async Task ServeAsync(
        FrameConnection connection, SessionContext context, StreamCapacity capacity, StreamRequest request, StreamFormat format)
    {
        try
        {
            IStreamSink sink = format == StreamFormat.Batch ? new BatchSink(connection) : new EventSink(connection);
            await new WebSocketConnection(connection, new StreamSession(context, request, sink), context).RunAsync();
        }
        finally
        {
            capacity.Leave(FrameConnection.WebSocketTransport);
        }
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
}
