using Nexus.Monitoring.Contracts.Log;

namespace Nexus.Monitoring.Api.Log;

/// <summary>Ids 1000 to 1099.</summary>
internal static partial class LogMessages
{
    [LoggerMessage(1000, LogLevel.Warning, "{Problem} {Cause}")]
    public static partial void LogAway(this ILogger logger, string problem, string? cause);

    [LoggerMessage(1001, LogLevel.Warning,
        "The log lost its data: its entry {Position}, read before, is gone; it now has {Length} entries, the first at {First}. Readers are told.")]
    public static partial void LogReset(this ILogger logger, LogPosition position, LogPosition first, long length);

    [LoggerMessage(1002, LogLevel.Warning,
        "The log was trimmed past this node: it had read up to {Position}, the first entry is now {First}. Readers are told.")]
    public static partial void Overtaken(this ILogger logger, LogPosition position, LogPosition first);

    [LoggerMessage(1003, LogLevel.Warning, "Entry {Position} of the log is skipped ({Kind}): {Problem} Further ones of this kind are only counted.")]
    public static partial void FirstSkipped(this ILogger logger, LogPosition position, string kind, string problem);
}
