namespace Nexus.Monitoring.Client.Workers;

/// <summary>
/// The key that a worker keeps alive. Whoever claims it owns it: an older process with the same worker id may neither renew nor remove it any
/// more. No method throws: a missed beat is made up by the next.
/// </summary>
internal interface IWorkerPresence
{
    /// <param name="workerId">Whose key.</param>
    /// <param name="owner">Who claims it; unique.</param>
    /// <param name="timeToLive">How long it lives.</param>
    Task ClaimAsync(int workerId, string owner, TimeSpan timeToLive);

    /// <summary>False when somebody else has claimed the key since.</summary>
    Task<bool> RenewAsync(int workerId, string owner, TimeSpan timeToLive);

    Task RemoveAsync(int workerId, string owner);
}
