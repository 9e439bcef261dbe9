using Microsoft.Extensions.Hosting;

namespace Nexus.Monitoring.Client.Workers;

/// <summary>Lets a worker live as long as its host runs.</summary>
internal sealed class HostedWorker(WorkerHeartbeat heartbeat) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StopAsync(CancellationToken cancellationToken) => await heartbeat.DisposeAsync().ConfigureAwait(false);
}
