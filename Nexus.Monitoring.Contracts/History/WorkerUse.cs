namespace Nexus.Monitoring.Contracts.History;

/// <summary>What a worker did in the time asked for.</summary>
/// <param name="WorkerId">Which one.</param>
/// <param name="Completed">Attempts that ended well.</param>
/// <param name="Failed">Attempts that did not, whether another followed or not.</param>
/// <param name="BusyMs">Time at work inside the time asked for; attempts that have not ended count nothing.</param>
/// <param name="Utilisation">That as a part of the time, 0 to 1; more for a worker that does several things at once.</param>
public sealed record WorkerUse(int WorkerId, long Completed, long Failed, long BusyMs, double Utilisation);
