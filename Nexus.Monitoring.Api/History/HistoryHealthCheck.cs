using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;
using Nexus.Monitoring.Api.Streaming;

namespace Nexus.Monitoring.Api.History;

/// <summary>Healthy while history is written, or nobody wants it to be.</summary>
internal sealed class HistoryHealthCheck(HistoryState state, LogFeed feed, IOptions<HistoryOptions> options) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        if (!options.Value.IsKept)
        {
            return Task.FromResult(HealthCheckResult.Healthy("No history is kept; Monitoring:History:Path says where to."));
        }

        var head = state.Head;
        var data = new Dictionary<string, object>
        {
            ["path"] = Path.GetFullPath(options.Value.Path),
            ["from"] = state.Floor.ToString(),
            ["upto"] = head.ToString(),
            ["behind_seconds"] = Math.Round(state.BehindOf(feed.Ring.Head.Position).TotalSeconds, 3),
        };
        return Task.FromResult(state.Problem is { } problem
            ? HealthCheckResult.Unhealthy(problem, data: data)
            : HealthCheckResult.Healthy(data: data));
    }
}
