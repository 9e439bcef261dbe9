namespace Nexus.Monitoring.Contracts.About;

/// <summary>Open streams of one transport.</summary>
/// <param name="Transport">Such as <c>websocket</c>.</param>
/// <param name="Open">How many.</param>
public sealed record TransportCount(string Transport, long Open);
