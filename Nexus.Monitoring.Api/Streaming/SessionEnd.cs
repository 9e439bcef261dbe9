namespace Nexus.Monitoring.Api.Streaming;

internal enum SessionEnd
{
    /// <summary>The client left.</summary>
    ClientGone,

    /// <summary>The node shuts down; what was due has been sent.</summary>
    ShuttingDown,

    /// <summary>The client took nothing within the stall timeout, or fell behind and asked to be closed then.</summary>
    SlowConsumer,

    /// <summary>The client's cursor lies after everything that the log has handed out.</summary>
    UnknownCursor,
}
