namespace Nexus.IntegrationTests.Transports;

/// <summary>How a connection ended.</summary>
/// <param name="Code">The WebSocket close code; null when there was none.</param>
/// <param name="Reason">What was said with it, or the error.</param>
public sealed record StreamEnd(int? Code, string Reason);
