using System.Text.Json;
using Microsoft.Extensions.Options;
using Nexus.Coordinator.Sim.Chaos;
using Nexus.Coordinator.Sim.Coordination;
using Nexus.Coordinator.Sim.Orchestration;
using Nexus.Coordinator.Sim.Queues;
using Nexus.Coordinator.Sim.Queues.Redis;
using Nexus.Coordinator.Sim.Scenarios;
using Nexus.Coordinator.Sim.Telemetry;
using Nexus.Coordinator.Sim.Work;
using Nexus.Monitoring.Client;

namespace Nexus.Coordinator.Sim.Configuration;

internal static class SimulationBuilderExtensions
{
    /// <summary>Adds the coordinator over Redis, and the work that it coordinates.</summary>
    public static void AddSimulation(this IHostApplicationBuilder builder)
    {
        builder.Services.AddOptions<SimulationOptions>().BindConfiguration(SimulationOptions.SectionName).ValidateOnStart();
        builder.Services.AddSingleton<RedisDoorbells>();
        builder.Services.AddHostedService(provider => provider.GetRequiredService<RedisDoorbells>());
        builder.Services.AddSingleton<IJobQueue, RedisJobQueue>();
        builder.Services.AddSingleton<IWorkerRegistry, RedisWorkerRegistry>();
        builder.Services.AddSingleton<IRunRegistry, RedisRunRegistry>();
        builder.Services.AddSingleton<IVerdicts, RedisVerdicts>();
        builder.Services.AddCoordinator();
        if (builder.Environment.IsDevelopment())
        {
            builder.Services.AddChaos();
        }

        builder.Services.ConfigureHttpJsonOptions(json => json.SerializerOptions.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower);
    }

    /// <summary>Everything but the queue.</summary>
    /// <remarks>
    /// Services stop in the reverse order. First the workers finish or return their jobs; then the runs take what is left out of the
    /// queue; then the queue's last depths are reported; then this process leaves.
    /// </remarks>
    public static void AddCoordinator(this IServiceCollection services)
    {
        services.AddSingleton<IValidateOptions<SimulationOptions>, SimulationOptionsValidator>();
        services.AddSingleton(CoordinatorId.New());
        services.AddSingleton(HeartbeatTimingOf);
        services.AddSingleton<CoordinatorMetrics>();
        services.AddSingleton<TaskEvents>();
        services.AddSingleton<WorkerEvents>();
        services.AddSingleton<QueueAvailability>();
        services.AddSingleton<RetryPolicy>();
        services.AddSingleton<ScenarioClock>();
        services.AddSingleton<Pace>();
        services.AddSingleton<IWork, SimulatedWork>();
        services.AddSingleton<WorkerServices>();
        services.AddSingleton<ActiveRuns>();
        services.AddSingleton<RunPlanner>();
        services.AddSingleton<DataAggregationOrchestrator>();
        services.AddSingleton<ParallelTaskCoordinator>();

        services.AddHostedService<CoordinatorBeat>();
        services.AddHostedService<QueueDepthReporter>();
        services.AddHostedService<AbandonedRuns>();
        services.AddHostedService<LostWorkers>();
        services.AddHostedService<RetryPromoter>();
        services.AddHostedService<ResultPump>();
        services.AddHostedService<RunSupervisor>();
        services.AddHostedService(provider => provider.GetRequiredService<ParallelTaskCoordinator>());
        services.AddHostedService<WorkerCrashes>();
    }

    private static HeartbeatTiming HeartbeatTimingOf(IServiceProvider services)
    {
        var monitoring = services.GetRequiredService<IOptions<MonitoringOptions>>().Value;
        return new HeartbeatTiming(monitoring.HeartbeatInterval, monitoring.HeartbeatTtl);
    }
}
