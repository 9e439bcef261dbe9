namespace Nexus.Monitoring.Api.WebSockets;

internal enum StreamFormat
{
    /// <summary>One message an event.</summary>
    Events,

    /// <summary>Chained intervals of events.</summary>
    Batch,
}
