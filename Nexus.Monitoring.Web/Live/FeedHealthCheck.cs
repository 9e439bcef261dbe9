using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Nexus.Monitoring.Web.Live;

/// <summary>Without the stream the dashboard still serves what it has: degraded, not dead.</summary>
internal sealed class FeedHealthCheck(LiveFeed feed) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var status = feed.Status;
        var data = new Dictionary<string, object> { ["position"] = status.Position.ToString() };
        return Task.FromResult(status.Phase == FeedPhase.Live
            ? HealthCheckResult.Healthy($"Live at {status.Position}", data)
            : HealthCheckResult.Degraded(status.Problem ?? "Waiting for the API", data: data));
    }
}
