using Nexus.Monitoring.Contracts.Log;

namespace Nexus.Monitoring.Api.Streaming;

internal static class LogPositions
{
    /// <summary>The position right before this one, so that "after it" includes this one; <see cref="LogPosition.Start"/> stays.</summary>
    public static LogPosition Previous(this LogPosition position) => position switch
    {
        { Sequence: > 0 } => position with { Sequence = position.Sequence - 1 },
        { Milliseconds: > 0 } => new LogPosition(position.Milliseconds - 1, ulong.MaxValue),
        _ => position,
    };

    /// <summary>The position right after this one.</summary>
    public static LogPosition Next(this LogPosition position) => position.Sequence == ulong.MaxValue
        ? new LogPosition(position.Milliseconds + 1, 0)
        : position with { Sequence = position.Sequence + 1 };

    public static LogPosition Earlier(LogPosition left, LogPosition right) => left < right ? left : right;

    public static LogPosition Later(LogPosition left, LogPosition right) => left > right ? left : right;
}
