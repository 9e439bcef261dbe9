namespace Nexus.Monitoring.Contracts.History;

/// <summary>An attempt that the run waited for.</summary>
/// <param name="Attempt">The attempt.</param>
/// <param name="ReadyAt">When nothing but a worker was missing.</param>
/// <param name="WaitMs">How long it then waited for one.</param>
/// <param name="RunMs">How long it ran, by the log's clock.</param>
public sealed record CriticalStep(Attempt Attempt, DateTimeOffset ReadyAt, long WaitMs, long RunMs);
