using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>Knows the state of each resource, one entry per resource of the model, and wakes who waits for a change.</summary>
public class ResourceNotificationService
{
    private readonly ConcurrentDictionary<string, ResourceEvent> _states = new(StringComparer.OrdinalIgnoreCase);
    private readonly Lock _publishing = new();
    private volatile TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task PublishUpdateAsync(IResource resource, Func<CustomResourceSnapshot, CustomResourceSnapshot> stateFactory)
    {
        lock (_publishing)
        {
            var before = _states.TryGetValue(resource.Name, out var known) ? known.Snapshot : new CustomResourceSnapshot();
            _states[resource.Name] = new(resource, resource.Name, stateFactory(before));
            Interlocked.Exchange(ref _changed, new(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();
        }

        return Task.CompletedTask;
    }

    public bool TryGetCurrentState(string resourceId, [NotNullWhen(true)] out ResourceEvent? resourceEvent) =>
        _states.TryGetValue(resourceId, out resourceEvent);

    public async Task<ResourceEvent> WaitForResourceAsync(
        string resourceName, Func<ResourceEvent, bool> predicate, CancellationToken cancellationToken = default)
    {
        while (true)
        {
            var changed = _changed.Task;
            if (_states.TryGetValue(resourceName, out var state) && predicate(state))
            {
                return state;
            }

            await changed.WaitAsync(cancellationToken);
        }
    }

    public Task WaitForResourceAsync(string resourceName, string? targetState = null, CancellationToken cancellationToken = default) =>
        WaitForResourceAsync(
            resourceName, state => state.Snapshot.State?.Text == (targetState ?? KnownResourceStates.Running), cancellationToken);

    public Task<ResourceEvent> WaitForResourceHealthyAsync(string resourceName, CancellationToken cancellationToken = default) =>
        WaitForResourceHealthyAsync(resourceName, WaitBehavior.StopOnResourceUnavailable, cancellationToken);

    public async Task<ResourceEvent> WaitForResourceHealthyAsync(
        string resourceName, WaitBehavior waitBehavior, CancellationToken cancellationToken = default)
    {
        var reached = await WaitForResourceAsync(
            resourceName,
            state => state.Snapshot is { HealthStatus: HealthStatus.Healthy } snapshot && snapshot.State?.Text == KnownResourceStates.Running
                || (waitBehavior == WaitBehavior.StopOnResourceUnavailable && HasEnded(state)),
            cancellationToken);

        return HasEnded(reached)
            ? throw new DistributedApplicationException(
                $"Stopped waiting for resource '{resourceName}' to become healthy: {reached.Snapshot.Reason ?? reached.Snapshot.State?.Text}")
            : reached;
    }

    internal Task<ResourceEvent> WaitForResourceStartedAsync(string resourceName, CancellationToken cancellationToken) =>
        WaitForResourceAsync(resourceName, state => state.Snapshot.State?.Text == KnownResourceStates.Running || HasEnded(state), cancellationToken);

    private static bool HasEnded(ResourceEvent state) =>
        state.Snapshot.State is { } reached && KnownResourceStates.TerminalStates.Contains(reached.Text);
}
