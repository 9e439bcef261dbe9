namespace Nexus.Coordinator.Sim.Coordination;

/// <summary>A part of the coordinator that runs with the host. A failure of it stops the host.</summary>
internal abstract class CoordinatorService : BackgroundService
{
    protected sealed override Task ExecuteAsync(CancellationToken stoppingToken) => RunAsync(stoppingToken);

    /// <summary>
    /// Runs until the token is cancelled; does not throw for that. Where the host calls it on a thread of the pool, a test with its own
    /// time calls it on the one thread whose order it controls.
    /// </summary>
    internal abstract Task RunAsync(CancellationToken stopping);
}
