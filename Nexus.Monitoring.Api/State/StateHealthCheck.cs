using Microsoft.Extensions.Diagnostics.HealthChecks;
using Nexus.Monitoring.Api.Streaming;
using Nexus.Monitoring.Contracts.State;

namespace Nexus.Monitoring.Api.State;

/// <summary>Healthy once the live state has caught up with the log; degraded when it could not hold all that is under way.</summary>
internal sealed class StateHealthCheck(LiveStateView view, LogFeed feed) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var (position, data, forgotten) = view.Read(state => (state.Position, Describe(state), state.OpenTasksForgotten + state.OnlineWorkersForgotten));
        return Task.FromResult((view.IsReady, forgotten) switch
        {
            (false, _) => HealthCheckResult.Unhealthy($"The live state is being folded: {position} of {feed.Ring.Head.Position}.", data: data),
            (_, > 0) => HealthCheckResult.Degraded(
                "There was more under way than the live state holds: what was silent longest is forgotten there, and known to the history only.", data: data),
            _ => HealthCheckResult.Healthy(data: data),
        });
    }

    private static Dictionary<string, object> Describe(LiveState state) => new()
    {
        ["position"] = state.Position.ToString(),
        ["events"] = state.Events,
        ["events_repeated"] = state.EventsRepeated,
        ["open_tasks_forgotten"] = state.OpenTasksForgotten,
        ["online_workers_forgotten"] = state.OnlineWorkersForgotten,
    };
}
