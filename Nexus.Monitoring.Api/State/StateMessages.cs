using Nexus.Monitoring.Contracts.Log;

namespace Nexus.Monitoring.Api.State;

/// <summary>Ids 1500 to 1599.</summary>
internal static partial class StateMessages
{
    [LoggerMessage(1500, LogLevel.Error, "The event at {Position} ({EventType}) could not be folded into the live state and is left out of it.")]
    public static partial void NotFolded(this ILogger logger, LogPosition position, string eventType, Exception exception);
}
