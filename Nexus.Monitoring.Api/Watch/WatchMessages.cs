namespace Nexus.Monitoring.Api.Watch;

/// <summary>Ids 1600 to 1699.</summary>
internal static partial class WatchMessages
{
    [LoggerMessage(1600, LogLevel.Information, "This node watches the clock, with token {Token}.")]
    public static partial void Watching(this ILogger logger, long token);

    [LoggerMessage(1601, LogLevel.Information, "This node no longer watches the clock with token {Token}.")]
    public static partial void Deposed(this ILogger logger, long token);

    [LoggerMessage(1602, LogLevel.Warning, "{Count} verdicts were appended to the log. The first: {Reason}")]
    public static partial void Appended(this ILogger logger, int count, string reason);

    [LoggerMessage(1603, LogLevel.Debug, "The clock is not being watched: {Reason}")]
    public static partial void NotObserving(this ILogger logger, string reason);
}
