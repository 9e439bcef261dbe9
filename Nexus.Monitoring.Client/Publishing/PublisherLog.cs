using Microsoft.Extensions.Logging;

namespace Nexus.Monitoring.Client.Publishing;

/// <summary>Ids 1000 to 1099.</summary>
internal static partial class PublisherLog
{
    [LoggerMessage(1000, LogLevel.Debug, "Sending {Count} events failed, attempt {Attempt}; trying again in {Delay}.")]
    public static partial void SendFailed(this ILogger logger, Exception exception, int count, int attempt, TimeSpan delay);

    [LoggerMessage(1001, LogLevel.Warning,
        "Events cannot be sent: {Problem} {Pending} wait, {Capacity} can; trying until it works.")]
    public static partial void OutageBegan(this ILogger logger, Exception? cause, string problem, long pending, int capacity);

    [LoggerMessage(1002, LogLevel.Information, "Events can be sent again, after {Attempts} attempts.")]
    public static partial void OutageEnded(this ILogger logger, int attempts);

    [LoggerMessage(1003, LogLevel.Warning, "{Count} events were dropped: {Reasons}.")]
    public static partial void Dropped(this ILogger logger, long count, string reasons);

    [LoggerMessage(1004, LogLevel.Warning, "The process stops with {Pending} events unsent.")]
    public static partial void UnsentAtShutdown(this ILogger logger, long pending);

    [LoggerMessage(1005, LogLevel.Error, "An observer of published events failed; the events are sent.")]
    public static partial void ObserverFailed(this ILogger logger, Exception exception);

    [LoggerMessage(1006, LogLevel.Warning, "{What} was ended a second time; only the first counts.")]
    public static partial void ScopeEndedAgain(this ILogger logger, string what);
}
