namespace Nexus.Monitoring.Api.Streaming;

/// <summary>Whether the log answers. Readers compare references to see a change.</summary>
/// <param name="IsConnected">False while the log does not answer.</param>
/// <param name="Since">When that began, by this node's clock.</param>
/// <param name="Message">One sentence for people; null when all is well.</param>
internal sealed record LogStatus(bool IsConnected, DateTimeOffset Since, string? Message);
