namespace Nexus.Coordinator.Sim.Http;

/// <summary>What this process simulates, and how far it is.</summary>
/// <param name="Coordinator">Name of this process among all that share the queue.</param>
/// <param name="Seed">Equal seeds give the same events, apart from ids and times.</param>
/// <param name="Scenario">What is played.</param>
/// <param name="Rate">Tasks a second that the workers aim to finish.</param>
/// <param name="FailureRate">Share of attempts that fail now.</param>
/// <param name="Workers">The living workers of this process.</param>
/// <param name="Runs">The runs that this process drives.</param>
internal sealed record SimulationStatus(
    string Coordinator,
    int Seed,
    string Scenario,
    double Rate,
    double FailureRate,
    IReadOnlyList<WorkerStatus> Workers,
    IReadOnlyList<RunStatus> Runs);
