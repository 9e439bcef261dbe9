using Nexus.Monitoring.Contracts.Log;

namespace Nexus.Monitoring.Api.History;

/// <summary>Ids 1400 to 1499.</summary>
internal static partial class HistoryMessages
{
    [LoggerMessage(1400, LogLevel.Information, "History is kept in {Path}; it goes on after {Position}.")]
    public static partial void HistoryOpened(this ILogger logger, string path, LogPosition position);

    [LoggerMessage(1401, LogLevel.Error, "{Problem} The live stream goes on.")]
    public static partial void HistoryUnavailable(this ILogger logger, string problem);

    [LoggerMessage(1402, LogLevel.Information, "Deleted {Count} events of before {Floor:u} from the history because of their {Reason}.")]
    public static partial void Deleted(this ILogger logger, int count, DateTimeOffset floor, string reason);

    [LoggerMessage(1403, LogLevel.Warning, "History was not shortened: {Problem}")]
    public static partial void RetentionFailed(this ILogger logger, string problem);
}
