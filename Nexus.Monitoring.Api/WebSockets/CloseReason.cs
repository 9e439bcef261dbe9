using System.Net.WebSockets;
using Nexus.Monitoring.Api.Streaming;
using Nexus.Monitoring.Contracts.Frames;
using Nexus.Monitoring.Contracts.Log;

namespace Nexus.Monitoring.Api.WebSockets;

/// <summary>What a client is told when its stream ends.</summary>
internal static class CloseReason
{
    /// <summary>Null when there is nothing to tell.</summary>
    public static (int Code, string Text)? Of(SessionEnd end, LogPosition position) => end switch
    {
        SessionEnd.ShuttingDown => (CloseCodes.GoingAway, $"Shutting down; come back with cursor={position}"),
        SessionEnd.SlowConsumer => (CloseCodes.SlowConsumer, $"Slow consumer; come back with cursor={position}"),
        SessionEnd.UnknownCursor => (CloseCodes.BadRequest, $"cursor={position} lies after everything that this log has handed out"),
        _ => null,
    };

    /// <summary>An error of ours; the client may try again.</summary>
    public static (int Code, string Text) OfFailure(LogPosition position) =>
        ((int)WebSocketCloseStatus.InternalServerError, $"The stream failed; come back with cursor={position}");
}
