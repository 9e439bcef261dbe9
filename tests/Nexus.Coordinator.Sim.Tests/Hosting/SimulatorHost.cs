using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Nexus.Coordinator.Sim.Configuration;
using Nexus.Coordinator.Sim.Coordination;
using Nexus.Coordinator.Sim.Hosting;
using Nexus.Monitoring.Client;

namespace Nexus.Coordinator.Sim.Tests.Hosting;

/// <summary>The simulator as it runs in production, but for its web endpoints.</summary>
internal sealed class SimulatorHost : IAsyncDisposable
{
    private readonly IHost _host;

    private SimulatorHost(IHost host) => _host = host;

    public ParallelTaskCoordinator Coordinator => _host.Services.GetRequiredService<ParallelTaskCoordinator>();

    public static async Task<SimulatorHost> StartAsync(IRedisServer redis, params (string Key, string Value)[] settings)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { ApplicationName = "Nexus.Coordinator.Sim" });
        builder.Configuration["ConnectionStrings:redis"] = redis.ConnectionString;
        foreach (var (key, value) in settings)
        {
            builder.Configuration[key] = value;
        }

        builder.Logging.SetMinimumLevel(LogLevel.None);
        builder.AddRedis();
        builder.AddNexusMonitoring("redis");
        builder.AddSimulation();
        var host = builder.Build();
        await host.StartAsync();
        return new SimulatorHost(host);
    }

    public Task StopAsync() => _host.StopAsync();

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        await ((IAsyncDisposable)_host).DisposeAsync();
    }
}
