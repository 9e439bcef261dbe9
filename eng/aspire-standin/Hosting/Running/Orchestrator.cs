using Aspire.Hosting.ApplicationModel;
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
    IHostEnvironment environment,
    IHostApplicationLifetime lifetime,
    ILoggerFactory loggers) : IHostedService, IDisposable
{
    private readonly ILogger _logger = loggers.CreateLogger(environment.ApplicationName);
    private readonly CancellationTokenSource _stopping = new();
    private List<ResourceRunner> _runners = [];
    private Task _running = Task.CompletedTask;
    private int _notReady;

    /// <summary>Why the application could not start, if it could not.</summary>
    public Exception? Failure { get; private set; }

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        _logger.StandIn();
        if (!options.DisableDashboard && !model.Resources.TryGetByName(DashboardCommand.ResourceName, out _))
        {
            _logger.NoDashboard();
        }

        foreach (var callback in services.GetServices<Func<BeforeStartEvent, CancellationToken, Task>>())
        {
            await callback(new(services, model), cancellationToken);
        }

        foreach (var resource in model.Resources.OfType<IResourceWithEndpoints>())
        {
            ports.Allocate(resource, mayMove: resource.Name == DashboardCommand.ResourceName);
        }

        _runners = [.. model.Resources.Select(factory.Create)];
        _notReady = _runners.Count;
        _running = Task.WhenAll(_runners.Select(LiveAsync));
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

    private async Task LiveAsync(ResourceRunner runner)
    {
        var wasReady = false;
        try
        {
            await runner.StartAsync(_stopping.Token);
            wasReady = true;
            OneIsReady();
            await WatchAsync(runner);
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
        }
        catch (DependencyFailedException)
        {
            // What it waited for has told why
        }
#pragma warning disable CA1031 // Whatever keeps a resource from starting is told, and ends the application
        catch (Exception problem)
#pragma warning restore CA1031
        {
            Fail(runner, problem, wasReady);
        }
    }

    private void OneIsReady()
    {
        if (Interlocked.Decrement(ref _notReady) == 0)
        {
            _logger.AllReady(Addresses.Describe(model));
        }
    }

    private async Task WatchAsync(ResourceRunner runner)
    {
        var exitCode = await runner.WaitForExitAsync(_stopping.Token);
        if (Volatile.Read(ref _notReady) > 0)
        {
            throw new DistributedApplicationException(
                $"'{runner.Resource.Name}' ended with exit code {exitCode} before everything was ready. {runner.LastLines.Summary}");
        }

        _logger.Ended(runner.Resource.Name, exitCode);
    }

    /// <summary>The first failure stops the application, but a dashboard is a help, not a need.</summary>
    private void Fail(ResourceRunner runner, Exception problem, bool wasReady)
    {
        if (runner.Resource.Name == DashboardCommand.ResourceName)
        {
            _logger.DashboardFailed(problem.Message);
            if (!wasReady)
            {
                OneIsReady();
            }

            return;
        }

        Failure ??= problem;
        _logger.FailedToStart(problem is DistributedApplicationException ? problem.Message : problem.ToString());
        lifetime.StopApplication();
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
