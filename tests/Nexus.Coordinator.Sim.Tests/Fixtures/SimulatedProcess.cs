using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Nexus.Coordinator.Sim.Configuration;
using Nexus.Coordinator.Sim.Coordination;
using Nexus.Coordinator.Sim.Queues;
using Nexus.Coordinator.Sim.Work;
using Nexus.Monitoring.Client.Publishing;

namespace Nexus.Coordinator.Sim.Tests.Fixtures;

/// <summary>A whole coordinator process, but for its host and Redis.</summary>
internal sealed class SimulatedProcess : IDisposable
{
    private readonly ServiceProvider _services;
    private readonly List<(CancellationTokenSource Stop, Task Running)> _running = [];

    public SimulatedProcess(
        MemoryStore store, TimeProvider time, IMonitoringPublisher publisher, Action<SimulationOptions> configure, IWork? work)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddMetrics();
        services.AddOptions<SimulationOptions>().Configure(configure);
        services.AddSingleton(time);
        services.AddSingleton(publisher);
        services.AddSingleton(store);
        services.AddSingleton<IJobQueue, MemoryJobQueue>();
        services.AddSingleton<MemoryRegistries>();
        services.AddSingleton<IWorkerRegistry>(provider => provider.GetRequiredService<MemoryRegistries>());
        services.AddSingleton<IRunRegistry>(provider => provider.GetRequiredService<MemoryRegistries>());
        services.AddSingleton<IVerdicts, MemoryVerdicts>();
        services.AddCoordinator();
        if (work is not null)
        {
            services.AddSingleton(work);
        }

        _services = services.BuildServiceProvider();
        Parts = [.. _services.GetServices<IHostedService>().Cast<CoordinatorService>()];
    }

    public IReadOnlyList<CoordinatorService> Parts { get; }

    public ParallelTaskCoordinator Coordinator => Get<ParallelTaskCoordinator>();

    public T Get<T>() where T : notnull => _services.GetRequiredService<T>();

    public void Start()
    {
        foreach (var part in Parts)
        {
            var stop = new CancellationTokenSource();
            _running.Add((stop, part.RunAsync(stop.Token)));
        }
    }

    /// <summary>Stops the parts in the host's order: the last first, each when the one before it has ended.</summary>
    public async Task StopAsync()
    {
        foreach (var (stop, running) in Enumerable.Reverse(_running))
        {
            stop.Cancel();
            await running;
        }
    }

    public void Dispose()
    {
        _running.ForEach(part => part.Stop.Dispose());
        _services.Dispose();
    }
}
