using Microsoft.Extensions.Logging;

namespace Nexus.Monitoring.Client.Redis;

/// <summary>Ids 1100 to 1199.</summary>
internal static partial class RedisLog
{
    [LoggerMessage(1100, LogLevel.Debug, "The log's readers could not be told of new events; they find them at their next look.")]
    public static partial void AnnounceFailed(this ILogger logger, Exception exception);

    [LoggerMessage(1101, LogLevel.Debug, "The heartbeat key of worker {WorkerId} could not be renewed; the next beat tries again.")]
    public static partial void HeartbeatKeyFailed(this ILogger logger, Exception exception, int workerId);
}
