namespace Nexus.Monitoring.Client.Workers;

/// <summary>For processes without Redis: their heartbeats are events only.</summary>
internal sealed class NoPresence : IWorkerPresence
{
    public Task ClaimAsync(int workerId, string owner, TimeSpan timeToLive) => Task.CompletedTask;

    public Task<bool> RenewAsync(int workerId, string owner, TimeSpan timeToLive) => Task.FromResult(true);

    public Task RemoveAsync(int workerId, string owner) => Task.CompletedTask;
}
