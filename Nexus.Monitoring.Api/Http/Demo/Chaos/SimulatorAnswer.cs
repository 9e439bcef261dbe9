namespace Nexus.Monitoring.Api.Http.Demo.Chaos;

/// <summary>What the simulator says it broke.</summary>
internal sealed record SimulatorAnswer(int? WorkerId, IReadOnlyList<string> TaskIds);
