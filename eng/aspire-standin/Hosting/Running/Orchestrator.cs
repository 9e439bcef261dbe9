using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Running;

/// <summary>Starts all resources, each after those it waits for, and stops them the other way round.</summary>
internal sealed class Orchestrator(
    IServiceProvider services,
    DistributedApplicationModel model,
    DistributedApplicationOptions options,
    ResourceRunnerFactory factory,
    PortAllocator ports,
    IConfiguration configuration,
    IHostEnvironment environment,
    IHostApplicationLifetime lifetime,
    ILoggerFactory loggers) : IHostedService, IDisposable
{
    private readonly ILogger _logger = loggers.CreateLogger(environment.ApplicationName);
    private readonly CancellationTokenSource _stopping = new();
    private List<ResourceRunner> _runners = [];
    private Task _running = Task.CompletedTask;

    /// <summary>Why the application could not start, if it could not.</summary>
    public Exception? Failure { get; private set; }

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        _logger.StandIn();
        AddDashboard();
        foreach (var callback in services.GetServices<Func<BeforeStartEvent, CancellationToken, Task>>())
        {
            await callback(new(services, model), cancellationToken);
        }

        foreach (var resource in model.Resources.OfType<IResourceWithEndpoints>())
        {
            ports.Allocate(resource, mayMove: resource.Name == DashboardCommand.ResourceName);
        }

        _runners = [.. model.Resources.Select(factory.Create)];
        _running = RunAsync();
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        _logger.Stopping();
        await _stopping.CancelAsync();
        await _running;
        var stops = new Dictionary<IResource, Task>();
        await Task.WhenAll(_runners.Select(runner => StopAsync(runner, stops)));
    }

    public void Dispose()
    {
        _runners.ForEach(runner => runner.Dispose());
        _stopping.Dispose();
    }

    private void AddDashboard()
    {
        if (options.DisableDashboard)
        {
            return;
        }

        if (DashboardCommand.Create(configuration) is { } dashboard)
        {
            model.Resources.Insert(0, dashboard);
        }
        else
        {
            _logger.NoDashboard();
        }
    }

    private async Task RunAsync()
    {
        var starts = _runners.Select(StartAsync).ToList();
        if ((await Task.WhenAll(starts)).All(started => started))
        {
            _logger.AllHealthy(Addresses.Describe(model));
        }

        await Task.WhenAll(_runners.Select(WatchAsync));
    }

    /// <summary>The first that fails stops the application; a dashboard is a help, not a need.</summary>
    private async Task<bool> StartAsync(ResourceRunner runner)
    {
        try
        {
            await runner.StartAsync(_stopping.Token);
            return true;
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            return false;
        }
        catch (DependencyFailedException)
        {
            return false;
        }
#pragma warning disable CA1031 // Whatever keeps a resource from starting is told, and ends the application
        catch (Exception problem)
#pragma warning restore CA1031
        {
            if (runner.Resource.Name == DashboardCommand.ResourceName)
            {
                _logger.DashboardFailed(problem.Message);
                return true;
            }

            Failure ??= problem;
            _logger.FailedToStart(problem is DistributedApplicationException ? problem.Message : problem.ToString());
            lifetime.StopApplication();
            return false;
        }
    }

    private async Task WatchAsync(ResourceRunner runner)
    {
        try
        {
            _logger.Ended(runner.Resource.Name, await runner.WaitForCrashAsync(_stopping.Token));
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            return;
        }
    }

    private Task StopAsync(ResourceRunner runner, Dictionary<IResource, Task> stops)
    {
        if (!stops.TryGetValue(runner.Resource, out var stop))
        {
            var dependents = _runners.Where(other => other.Dependencies.Any(dependency => dependency.Resource == runner.Resource))
                .Select(other => StopAsync(other, stops)).ToList();
            stops[runner.Resource] = stop = StopAfterAsync(dependents, runner);
        }

        return stop;
    }

    private static async Task StopAfterAsync(IEnumerable<Task> dependents, ResourceRunner runner)
    {
        await Task.WhenAll(dependents);
        await runner.StopAsync();
    }
}
