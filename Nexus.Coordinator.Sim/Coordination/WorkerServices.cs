using Microsoft.Extensions.Options;
using Nexus.Coordinator.Sim.Configuration;
using Nexus.Coordinator.Sim.Queues;
using Nexus.Coordinator.Sim.Telemetry;
using Nexus.Coordinator.Sim.Work;
using Nexus.Monitoring.Client.Publishing;

namespace Nexus.Coordinator.Sim.Coordination;

/// <summary>What all workers of a process share.</summary>
internal sealed record WorkerServices(
    IJobQueue Queue,
    IWorkerRegistry Registry,
    IRunRegistry Runs,
    IWork Work,
    RetryPolicy Retries,
    QueueAvailability Availability,
    HeartbeatTiming Heartbeat,
    IOptions<SimulationOptions> Options,
    IMonitoringPublisher Publisher,
    TaskEvents TaskEvents,
    WorkerEvents WorkerEvents,
    CoordinatorMetrics Metrics,
    TimeProvider Time);
