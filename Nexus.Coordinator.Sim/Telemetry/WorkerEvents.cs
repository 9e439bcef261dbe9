using Nexus.Coordinator.Sim.Queues;
using Nexus.Monitoring.Client.Publishing;
using Nexus.Monitoring.Contracts.Events;

namespace Nexus.Coordinator.Sim.Telemetry;

/// <summary>
/// Tells who comes to work, lives and leaves. The client's own heartbeat renews its key whoever holds it, and always says
/// farewell; workers whose ids are leased, and who may crash, need neither.
/// </summary>
internal sealed class WorkerEvents(IMonitoringPublisher publisher)
{
    public void Started(int workerId) => publisher.Publish(About(EventTypes.WorkerStarted, workerId));

    /// <summary>The worker lives, and what it does.</summary>
    public void Beat(int workerId, Job? current)
    {
        var e = About(EventTypes.WorkerHeartbeat, workerId);
        publisher.Publish(current is null ? e : e with
        {
            Status = EventStatuses.Processing,
            ProjectId = current.ProjectId,
            ParentTaskId = current.ParentTaskId,
            TaskId = current.TaskId,
            TaskType = current.TaskType,
            Phase = current.Phase,
            Message = current.Message,
        });
    }

    public void Stopped(int workerId) => publisher.Publish(About(EventTypes.WorkerStopped, workerId));

    private MonitoringEvent About(string eventType, int workerId) => publisher.NewEvent(eventType) with { WorkerId = workerId };
}
