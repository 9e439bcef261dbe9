using Nexus.Monitoring.Contracts.Log;

namespace Nexus.Monitoring.Api.SignalR;

/// <summary>Ids 1300 to 1399.</summary>
internal static partial class SignalRMessages
{
    [LoggerMessage(1300, LogLevel.Information, "A hub client took nothing for too long and is closed at {Position}.")]
    public static partial void SlowHubClient(this ILogger logger, LogPosition position);

    [LoggerMessage(1301, LogLevel.Error, "A hub session failed.")]
    public static partial void SessionFailed(this ILogger logger, Exception exception);

    [LoggerMessage(1302, LogLevel.Information, "A hub client came with {Position}, which lies after everything that the log has handed out; it is closed.")]
    public static partial void UnknownHubCursor(this ILogger logger, LogPosition position);
}
