namespace Nexus.Coordinator.Sim.Queues;

/// <summary>A job in someone's hands: it left its list and lies in the owner's processing list until it is settled.</summary>
/// <param name="Owner">In whose list it lies.</param>
/// <param name="Settler">Who is going to settle it: the owner's token, or the process that recovers it from a lost owner.</param>
/// <param name="Job">The job.</param>
/// <param name="Raw">Its text as it lies in the list.</param>
internal sealed record ClaimedJob(WorkerLease Owner, string Settler, Job Job, string Raw);
