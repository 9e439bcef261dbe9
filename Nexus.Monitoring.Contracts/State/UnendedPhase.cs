namespace Nexus.Monitoring.Contracts.State;

/// <summary>A phase of an ended run that never said that it ended.</summary>
/// <param name="Name">The phase.</param>
/// <param name="Since">When it began, by the log's clock.</param>
public sealed record UnendedPhase(string Name, DateTimeOffset Since);
