using Nexus.Monitoring.Contracts.Log;

namespace Nexus.Monitoring.Api.TimeMachine;

/// <summary>Ids 1700 to 1799.</summary>
internal static partial class TimeMachineMessages
{
    [LoggerMessage(1700, LogLevel.Information, "{Count} checkpoints in {Folder}; {Outdated} files of another version were deleted, what they held is built again.")]
    public static partial void CheckpointsOpened(this ILogger logger, string folder, int count, int outdated);

    [LoggerMessage(1701, LogLevel.Warning, "Checkpoints cannot be kept: {Problem}")]
    public static partial void CheckpointsUnavailable(this ILogger logger, string problem);

    [LoggerMessage(1702, LogLevel.Warning, "The checkpoint at {Position} cannot be read and was deleted: {Problem}")]
    public static partial void CheckpointUnreadable(this ILogger logger, LogPosition position, string problem);

    [LoggerMessage(1703, LogLevel.Warning, "No checkpoint was written; it is tried again: {Problem}")]
    public static partial void CheckpointNotWritten(this ILogger logger, string problem);

    [LoggerMessage(1704, LogLevel.Information, "The live state goes on from the checkpoint at {Position}.")]
    public static partial void LiveFromCheckpoint(this ILogger logger, LogPosition position);
}
