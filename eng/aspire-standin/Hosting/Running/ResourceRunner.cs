using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Running;

/// <summary>One resource from its start to its end.</summary>
internal sealed class ResourceRunner(
    IResource resource,
    LaunchPlan plan,
    ResourceHealth health,
    ResourceNotificationService notifications,
    PortAllocator ports,
    ProcessGuard guard,
    ILogger logger) : IDisposable
{
    /// <summary>Time to stop by itself before it is killed.</summary>
    private static readonly TimeSpan StopDeadline = TimeSpan.FromSeconds(10);

    private ChildProcess? _process;

    public IResource Resource => resource;

    public LastLines LastLines { get; } = new();

    public IReadOnlyList<WaitAnnotation> Dependencies { get; } = [.. resource.Annotations.OfType<WaitAnnotation>()];

    /// <summary>Returns once the resource is ready; throws the sentence that says why it is not.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            await WaitForDependenciesAsync(cancellationToken);
            await PublishAsync(KnownResourceStates.Starting);
            await LaunchAsync(cancellationToken);
            await PublishAsync(KnownResourceStates.Running);
            await WaitUntilReadyAsync(cancellationToken);
            await notifications.PublishUpdateAsync(resource, state => state with { HealthStatus = HealthStatus.Healthy });
        }
        catch (Exception problem) when (problem is not OperationCanceledException)
        {
            await notifications.PublishUpdateAsync(
                resource, state => state with { State = KnownResourceStates.FailedToStart, Reason = problem.Message });
            throw;
        }
    }

    /// <summary>The exit code, should the process end without having been told to; a resource without a process never ends.</summary>
    public async Task<int> WaitForExitAsync(CancellationToken cancellationToken)
    {
        if (_process is null)
        {
            await Task.Delay(Timeout.Infinite, cancellationToken);
        }

        var exitCode = await _process!.Exited.WaitAsync(cancellationToken);
        await PublishEndAsync(exitCode);
        return exitCode;
    }

    public async Task StopAsync()
    {
        ports.Release(resource);
        if (_process is null)
        {
            await PublishAsync(KnownResourceStates.Finished);
            return;
        }

        if (!await _process.StopAsync(StopDeadline))
        {
            logger.Killed(resource.Name, StopDeadline.TotalSeconds);
        }

        await PublishEndAsync(await _process.Exited);
    }

    public void Dispose() => _process?.Dispose();

    private async Task WaitForDependenciesAsync(CancellationToken cancellationToken)
    {
        await PublishAsync(KnownResourceStates.Waiting);
        foreach (var dependency in Dependencies)
        {
            try
            {
                await (dependency.WaitType == WaitType.WaitUntilStarted
                    ? notifications.WaitForResourceStartedAsync(dependency.Resource.Name, cancellationToken)
                    : notifications.WaitForResourceHealthyAsync(dependency.Resource.Name, cancellationToken));
            }
            catch (DistributedApplicationException problem)
            {
                throw new DependencyFailedException($"'{resource.Name}' was not started. {problem.Message}", problem);
            }
        }
    }

    private async Task LaunchAsync(CancellationToken cancellationToken)
    {
        switch (resource)
        {
            case RedisResource:
                throw new DistributedApplicationException(
                    $"'{resource.Name}' is a container, which Aspire's stand-in cannot run: set ConnectionStrings:redis or REDIS_URL, "
                    + "or leave Nexus:Redis:Use unset to use the embedded server.");
            case IResourceWithConnectionString connection when await connection.GetConnectionStringAsync(cancellationToken) is null or "":
                throw new DistributedApplicationException($"The connection string of '{resource.Name}' is empty.");
        }

        if (resource.Annotations.OfType<ReplicaAnnotation>().LastOrDefault() is { Replicas: > 1 } replicas)
        {
            throw new DistributedApplicationException($"'{resource.Name}' asks for {replicas.Replicas} replicas, but Aspire's stand-in runs one: remove WithReplicas.");
        }

        if (plan.HasProcess)
        {
            var start = await plan.CreateAsync(cancellationToken);
            ports.Release(resource);
            _process = ChildProcess.Start(guard, start, OnLine);
        }
    }

    private async Task WaitUntilReadyAsync(CancellationToken cancellationToken)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var ready = health.WaitAsync(ended.Token);
        if (_process is not null && await Task.WhenAny(ready, _process.Exited) == _process.Exited)
        {
            await ended.CancelAsync();
            await ready.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            throw new DistributedApplicationException(
                $"'{resource.Name}' ended with exit code {await _process.Exited} before it was ready. {LastLines.Summary}");
        }

        await ready;
    }

    private void OnLine(string line, bool isError)
    {
        LastLines.Add(line);
        if (resource.Name == DashboardCommand.ResourceName)
        {
            return;
        }

        if (isError)
        {
            logger.ErrorLine(line);
        }
        else
        {
            logger.Line(line);
        }
    }

    private Task PublishAsync(string state) => notifications.PublishUpdateAsync(resource, snapshot => snapshot with { State = state });

    private Task PublishEndAsync(int exitCode) => notifications.PublishUpdateAsync(resource, state => state with
    {
        State = exitCode == 0 ? KnownResourceStates.Finished : KnownResourceStates.Exited,
        HealthStatus = null,
        ExitCode = exitCode,
        Reason = state.Reason ?? $"'{resource.Name}' ended with exit code {exitCode}.",
    });
}
