using Microsoft.Extensions.Diagnostics.HealthChecks;
using Nexus.Monitoring.Api.Streaming;

namespace Nexus.Monitoring.Api.State;

/// <summary>Healthy once the live state has caught up with the log.</summary>
internal sealed class StateHealthCheck(LiveStateView view, LogFeed feed) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var (position, events) = view.Read(state => (state.Position, state.Events));
        var data = new Dictionary<string, object> { ["position"] = position.ToString(), ["events"] = events };
        return Task.FromResult(view.IsReady
            ? HealthCheckResult.Healthy(data: data)
            : HealthCheckResult.Unhealthy($"The live state is being folded: {position} of {feed.Ring.Head.Position}.", data: data));
    }
}
