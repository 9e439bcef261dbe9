namespace Nexus.Coordinator.Sim.Telemetry;

/// <summary><c>meta</c> of a <c>task_retry</c>: <c>{"retry_in_ms":2000}</c></summary>
internal sealed record RetryMeta(long RetryInMs);
