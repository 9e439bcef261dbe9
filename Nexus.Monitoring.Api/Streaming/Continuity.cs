namespace Nexus.Monitoring.Api.Streaming;

/// <summary>Whether what was read follows on the position from which it was read.</summary>
internal enum Continuity
{
    /// <summary>The entry at the position is still there, hence everything after it.</summary>
    Contiguous,

    /// <summary>The position lies before the oldest entry that is kept.</summary>
    Trimmed,

    /// <summary>Older entries are there, the one at the position is not: the log is not the one that it was.</summary>
    Vanished,
}
