using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Nexus.Monitoring.Client.Log;
using Nexus.Monitoring.Client.Publishing;

namespace Nexus.Monitoring.Client.Tests;

/// <summary>A process of a user: a generic host with the client in it, started and stopped as such hosts are.</summary>
internal sealed class MonitoringHost : IAsyncDisposable
{
    private readonly IHost _host;

    private MonitoringHost(IHost host) => _host = host;

    public IMonitoringPublisher Publisher => Services.GetRequiredService<IMonitoringPublisher>();

    public IEventLogWriter Writer => Services.GetRequiredService<IEventLogWriter>();

    public IServiceProvider Services => _host.Services;

    public static async Task<MonitoringHost> StartAsync(
        Dictionary<string, string?> configuration, Action<IHostApplicationBuilder>? configure = null)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { ApplicationName = "test-service" });
        builder.Configuration.AddInMemoryCollection(configuration);
        configure?.Invoke(builder);
        builder.AddNexusMonitoring();
        var host = builder.Build();
        await host.StartAsync();
        return new MonitoringHost(host);
    }

    public Task StopAsync() => _host.StopAsync();

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        if (_host is IAsyncDisposable disposable)
        {
            await disposable.DisposeAsync();
        }
    }
}
