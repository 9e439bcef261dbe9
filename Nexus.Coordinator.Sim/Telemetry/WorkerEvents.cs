using Nexus.Monitoring.Client.Publishing;
using Nexus.Monitoring.Contracts.Events;

namespace Nexus.Coordinator.Sim.Telemetry;

/// <summary>Tells who comes to work, lives, leaves and is lost.</summary>
internal sealed class WorkerEvents(IMonitoringPublisher publisher)
{
    public void Started(int workerId) => Publish(EventTypes.WorkerStarted, workerId);

    public void Beat(int workerId) => Publish(EventTypes.WorkerHeartbeat, workerId);

    public void Stopped(int workerId) => Publish(EventTypes.WorkerStopped, workerId);

    public void Lost(int workerId, string error) => Publish(EventTypes.WorkerLost, workerId, error);

    private void Publish(string eventType, int workerId, string? error = null) =>
        publisher.Publish(publisher.NewEvent(eventType) with { WorkerId = workerId, Error = error });
}
