namespace Nexus.Coordinator.Sim.Queues;

/// <summary>A run that someone drives, as others see it.</summary>
/// <param name="RunId">The run.</param>
/// <param name="ProjectId">Its project.</param>
/// <param name="Name">Its name for people.</param>
/// <param name="Coordinator">The process that drives it.</param>
/// <param name="StartedAt">When it began.</param>
/// <param name="Traceparent">W3C trace context of the run.</param>
internal sealed record RunRecord(
    string RunId, string ProjectId, string Name, string Coordinator, DateTimeOffset StartedAt, string? Traceparent);
