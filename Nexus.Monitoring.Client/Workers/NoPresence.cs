namespace Nexus.Monitoring.Client.Workers;

/// <summary>For processes without Redis: their heartbeats are events only.</summary>
internal sealed class NoPresence : IWorkerPresence
{
    public Task RenewAsync(int workerId, TimeSpan timeToLive) => Task.CompletedTask;

    public Task RemoveAsync(int workerId) => Task.CompletedTask;
}
