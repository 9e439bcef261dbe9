using Microsoft.Extensions.Logging;

namespace Nexus.Monitoring.Client.Redis;

/// <summary>Ids 1100 to 1199.</summary>
internal static partial class RedisLog
{
    [LoggerMessage(1100, LogLevel.Debug, "The log's readers could not be told of new events; they find them at their next look.")]
    public static partial void AnnounceFailed(this ILogger logger, Exception exception);
}
