using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Nexus.Monitoring.Client.Publishing;

/// <summary>Runs the sender with the host; does nothing, and builds nothing, where publishing is disabled.</summary>
/// <remarks>Starts before, and stops after, all other hosted services: their first and last events are sent as well.</remarks>
internal sealed class PublisherHost(IServiceProvider provider, IOptions<MonitoringOptions> options) : IHostedLifecycleService, IAsyncDisposable
{
    private readonly PublisherSender? _sender = options.Value.Enabled ? provider.GetRequiredService<PublisherPipeline>().Sender : null;

    public Task StartingAsync(CancellationToken cancellationToken)
    {
        _sender?.Start();
        return Task.CompletedTask;
    }

    public Task StoppedAsync(CancellationToken cancellationToken) => _sender?.StopAsync(cancellationToken) ?? Task.CompletedTask;

    public ValueTask DisposeAsync() => _sender?.DisposeAsync() ?? ValueTask.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
