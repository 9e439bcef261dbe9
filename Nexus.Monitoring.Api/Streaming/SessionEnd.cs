namespace Nexus.Monitoring.Api.Streaming;

internal enum SessionEnd
{
    /// <summary>The client left.</summary>
    ClientGone,

    /// <summary>The node shuts down; what was due has been sent.</summary>
    ShuttingDown,

    /// <summary>The client did not take a message within the stall timeout.</summary>
    Stalled,
}
