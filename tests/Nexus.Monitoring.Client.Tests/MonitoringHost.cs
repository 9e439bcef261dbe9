using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using Nexus.Monitoring.Client.Log;
using Nexus.Monitoring.Client.Publishing;

namespace Nexus.Monitoring.Client.Tests;

/// <summary>A process of a user: a generic host with the client in it, started and stopped as such hosts are.</summary>
internal sealed class MonitoringHost : IAsyncDisposable
{
    private readonly IHost _host;
    private readonly FakeLogCollector _logs;

    private MonitoringHost(IHost host, FakeLogCollector logs) => (_host, _logs) = (host, logs);

    /// <summary>How many attempts to send a batch have failed.</summary>
    public int Failures => _logs.GetSnapshot().Count(record => record.Id.Id == 1000);

    public IMonitoringPublisher Publisher => Services.GetRequiredService<IMonitoringPublisher>();

    public IEventLogWriter Writer => Services.GetRequiredService<IEventLogWriter>();

    public IServiceProvider Services => _host.Services;

    public static async Task<MonitoringHost> StartAsync(
        Dictionary<string, string?> configuration, Action<IHostApplicationBuilder>? configure = null)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { ApplicationName = "test-service" });
        builder.Configuration.AddInMemoryCollection(configuration);
        var logs = new FakeLogCollector();
        builder.Logging.SetMinimumLevel(LogLevel.Debug).AddFilter("StackExchange", LogLevel.None).AddProvider(new FakeLoggerProvider(logs));
        configure?.Invoke(builder);
        builder.AddNexusMonitoring();
        var host = builder.Build();
        await host.StartAsync();
        return new MonitoringHost(host, logs);
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
