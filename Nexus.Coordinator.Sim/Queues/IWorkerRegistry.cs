namespace Nexus.Coordinator.Sim.Queues;

/// <summary>Who works: every living worker of every process, each with an id that no other has.</summary>
internal interface IWorkerRegistry
{
    /// <summary>Registers a new worker under the smallest free id.</summary>
    Task<WorkerLease> RegisterAsync();

    /// <summary>Says that the worker lives. False when it was declared lost meanwhile: it must take nothing more.</summary>
    Task<bool> BeatAsync(WorkerLease worker);

    /// <summary>Ends the registration in good order. The worker holds no job.</summary>
    Task ReleaseAsync(WorkerLease worker);

    /// <summary>Registered workers whose heartbeat has expired.</summary>
    Task<IReadOnlyList<WorkerLease>> FindSilentAsync();

    /// <summary>Ends the registration of a worker that is still silent. True for one caller only.</summary>
    Task<bool> DeclareLostAsync(WorkerLease worker);
}
