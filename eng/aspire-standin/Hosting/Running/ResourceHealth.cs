using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aspire.Hosting.Running;

/// <summary>Waits until all health checks of a resource pass; without any it is healthy as soon as it runs.</summary>
internal sealed class ResourceHealth(IResource resource, HealthCheckService health, IConfiguration configuration)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    private readonly HashSet<string> _keys = [.. resource.Annotations.OfType<HealthCheckAnnotation>().Select(check => check.Key)];

    /// <summary>A process takes its time to start; an address that was given answers at once or is wrong.</summary>
    private readonly TimeSpan _deadline = configuration.GetValue<TimeSpan?>("AppHost:StartDeadline")
        ?? TimeSpan.FromSeconds(resource is ProjectResource or ExecutableResource ? 120 : 15);

    public async Task WaitAsync(CancellationToken cancellationToken)
    {
        if (_keys.Count == 0)
        {
            return;
        }

        var started = TimeProvider.System.GetTimestamp();
        while (true)
        {
            var report = await health.CheckHealthAsync(check => _keys.Contains(check.Name), cancellationToken);
            if (report.Status == HealthStatus.Healthy)
            {
                return;
            }

            if (TimeProvider.System.GetElapsedTime(started) > _deadline)
            {
                var reasons = report.Entries.Values.Where(entry => entry.Status != HealthStatus.Healthy)
                    .Select(entry => entry.Description ?? entry.Exception?.Message);
                throw new DistributedApplicationException(
                    $"'{resource.Name}' was not ready within {_deadline.TotalSeconds:0.#} s: {string.Join("; ", reasons)}.");
            }

            await Task.Delay(Interval, cancellationToken);
        }
    }
}
