using Nexus.Monitoring.Contracts.Log;

namespace Nexus.Monitoring.Api.Log;

/// <summary>What others may know of the tail. Thread-safe.</summary>
internal sealed class LogTailState
{
    private volatile Reached _reached = new(0, 0, LogPosition.Start);

    /// <summary>Entries in the log when its end was last reached.</summary>
    public long Length => _reached.Length;

    /// <summary>About how many events those held.</summary>
    public long Events => _reached.Events;

    /// <summary>The last entry that was read then, whatever it held.</summary>
    public LogPosition Read => _reached.Position;

    public void CaughtUp(LogExtent extent, LogPosition read) => _reached = new(extent.Length, extent.Events, read);

    private sealed record Reached(long Length, long Events, LogPosition Position);
}
