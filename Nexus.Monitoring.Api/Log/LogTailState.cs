namespace Nexus.Monitoring.Api.Log;

/// <summary>What others may know of the tail. Thread-safe.</summary>
internal sealed class LogTailState
{
    private long _length;

    /// <summary>Entries in the log when its end was last reached.</summary>
    public long Length => Volatile.Read(ref _length);

    public void CaughtUp(LogExtent extent) => Volatile.Write(ref _length, extent.Length);
}
