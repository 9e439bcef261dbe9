namespace Nexus.Monitoring.Contracts.State;

/// <summary>What makes failures one group.</summary>
internal sealed record ErrorKey(string? ProjectId, string Title);
