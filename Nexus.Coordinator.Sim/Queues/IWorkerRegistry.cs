namespace Nexus.Coordinator.Sim.Queues;

/// <summary>Who works: every living worker of every process, each with an id that no other has.</summary>
internal interface IWorkerRegistry
{
    /// <summary>Registers a new worker with so many hands under the smallest free id.</summary>
    Task<WorkerLease> RegisterAsync(int hands = 1);

    /// <summary>Says that the worker lives. False when it was declared lost meanwhile: it must take nothing more.</summary>
    Task<bool> BeatAsync(WorkerLease worker);

    /// <summary>
    /// Takes back the registration of a worker that was declared lost, and lives. False when somebody has its id by now. What was taken from it
    /// stays taken.
    /// </summary>
    Task<bool> RejoinAsync(WorkerLease worker, int hands = 1);

    /// <summary>Ends the registration in good order. The worker holds no job.</summary>
    Task ReleaseAsync(WorkerLease worker, int hands = 1);

    /// <summary>Registered workers whose heartbeat has expired.</summary>
    Task<IReadOnlyList<WorkerLease>> FindSilentAsync();

    /// <summary>Ends the registration of a worker that is still silent. True for one caller only.</summary>
    Task<bool> DeclareLostAsync(WorkerLease worker);
}
