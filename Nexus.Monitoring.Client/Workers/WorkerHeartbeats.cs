using Nexus.Monitoring.Client.Publishing;

namespace Nexus.Monitoring.Client.Workers;

internal sealed class WorkerHeartbeats(IMonitoringPublisher publisher, IWorkerPresence presence, MonitoringOptions options) : IWorkerHeartbeats
{
    public WorkerHeartbeat Start(WorkerDetails details)
    {
        ArgumentNullException.ThrowIfNull(details);
        return new WorkerHeartbeat(publisher, presence, options, details);
    }
}
