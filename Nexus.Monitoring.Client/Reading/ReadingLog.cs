using Microsoft.Extensions.Logging;

namespace Nexus.Monitoring.Client.Reading;

/// <summary>Ids 1200 to 1299.</summary>
internal static partial class ReadingLog
{
    [LoggerMessage(1200, LogLevel.Information, "The stream ended: {Problem} Going on from where it was.")]
    public static partial void ConnectionLost(this ILogger logger, string problem);

    [LoggerMessage(1201, LogLevel.Debug, "The stream could not be opened, attempt {Attempt}.")]
    public static partial void ConnectionFailed(this ILogger logger, Exception exception, int attempt);
}
