namespace Nexus.Monitoring.Client.Workers;

/// <summary>The key that a worker keeps alive. Neither method throws: a missed beat is made up by the next.</summary>
internal interface IWorkerPresence
{
    Task RenewAsync(int workerId, TimeSpan timeToLive);

    Task RemoveAsync(int workerId);
}
