namespace Nexus.Monitoring.Client.Reading;

/// <summary>How a <see cref="MonitoringStreamReader"/> is connected. What it reads is the same.</summary>
public enum StreamTransport
{
    /// <summary>The SignalR hub, <c>/hubs/monitoring</c>.</summary>
    SignalR,

    /// <summary>A plain WebSocket with batches, <c>/ws/monitoring?format=batch</c>: less on the wire, and less work for both ends.</summary>
    WebSocket,
}
