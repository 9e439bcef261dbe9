using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using Nexus.Coordinator.Sim.Configuration;
using Nexus.Coordinator.Sim.Coordination;
using Nexus.Coordinator.Sim.Orchestration;
using Nexus.Coordinator.Sim.Queues;
using Nexus.Coordinator.Sim.Scenarios;

namespace Nexus.Coordinator.Sim.Http;

/// <summary>Shows what is simulated and, in development, what can be broken in it.</summary>
internal static class SimulationEndpoints
{
    public static void MapSimulation(this WebApplication app)
    {
        var simulation = app.MapGroup("/simulation").WithTags("Simulation");
        simulation.MapGet("/", GetStatus).WithName("GetSimulation").WithSummary("What is simulated, and how far it is");
        if (app.Environment.IsDevelopment())
        {
            simulation.MapChaos();
        }
    }

    private static Ok<SimulationStatus> GetStatus(
        CoordinatorId self, IOptions<SimulationOptions> options, ScenarioClock scenario, ParallelTaskCoordinator coordinator, ActiveRuns runs) =>
        TypedResults.Ok(new SimulationStatus(
            self.Value,
            options.Value.Seed,
            scenario.Scenario.Name,
            options.Value.Rate,
            scenario.FailureRate,
            [.. coordinator.Workers.Select(Describe)],
            [.. runs.All.Select(Describe)]));

    private static WorkerStatus Describe(Worker worker) =>
        worker.Current is { } job ? new(worker.Id, job.TaskId, job.TaskType, job.Message) : new(worker.Id, null, null, null);

    private static RunStatus Describe(ActiveRun run) => new(
        run.RunId,
        run.Plan.ProjectId,
        run.Plan.Name,
        [
            .. run.Pipeline.Progress
                .Where(phase => phase.IsOpen || phase.IsClosed)
                .Select(phase => new PhaseStatus(phase.Name, phase.Total, phase.Completed, phase.Failed)),
        ]);
}
