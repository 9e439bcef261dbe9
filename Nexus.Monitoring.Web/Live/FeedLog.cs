using Nexus.Monitoring.Contracts.Log;

namespace Nexus.Monitoring.Web.Live;

/// <summary>Ids 2100 to 2199.</summary>
internal static partial class FeedLog
{
    [LoggerMessage(2100, LogLevel.Information, "Read the state of {Events} events, up to {Position}")]
    public static partial void StateRead(ILogger logger, long events, LogPosition position);

    [LoggerMessage(2101, LogLevel.Information, "The stream is live at {Position}")]
    public static partial void Live(ILogger logger, LogPosition position);

    [LoggerMessage(2102, LogLevel.Warning, "The stream is lost at {Position}: {Problem}")]
    public static partial void Lost(ILogger logger, LogPosition position, string? problem);

    [LoggerMessage(2103, LogLevel.Warning, "Events between {After} and {Upto} will not come: {Reason}")]
    public static partial void Gap(ILogger logger, LogPosition after, LogPosition upto, string reason);

    [LoggerMessage(2104, LogLevel.Warning, "The state could not be read: {Problem} Attempt {Attempt} failed, the next follows in {Delay}")]
    public static partial void StateNotRead(ILogger logger, string problem, int attempt, TimeSpan delay);

    [LoggerMessage(2105, LogLevel.Warning, "The event list begins empty, older events could not be read: {Problem}")]
    public static partial void OlderNotRead(ILogger logger, string problem);

    [LoggerMessage(2106, LogLevel.Warning, "The stream is refused, and begins anew with another state: {Problem}")]
    public static partial void Refused(ILogger logger, string problem);

    /// <summary>Once per change, however often it is looked at.</summary>
    public static void Changed(ILogger logger, FeedStatus before, FeedStatus now)
    {
        if (before.Phase != now.Phase && now.Phase == FeedPhase.Live)
        {
            Live(logger, now.Position);
        }
        else if (before.Phase == FeedPhase.Live && now.Phase != FeedPhase.Live)
        {
            Lost(logger, now.Position, now.Problem);
        }
    }
}
