namespace Nexus.Monitoring.Client.Workers;

/// <summary>Announces workers that come and go while the process runs. Thread-safe.</summary>
public interface IWorkerHeartbeats
{
    /// <summary>
    /// The worker lives: publishes <c>worker_started</c>, and from now on its heartbeat, until what is returned is disposed of. Returns at
    /// once, also when Redis is away.
    /// </summary>
    WorkerHeartbeat Start(WorkerDetails details);
}
