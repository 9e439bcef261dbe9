using Microsoft.AspNetCore.Http.HttpResults;
using Nexus.Monitoring.Api.Http.Lists;
using Nexus.Monitoring.Api.State;
using Nexus.Monitoring.Contracts.Json;
using Nexus.Monitoring.Contracts.State;

namespace Nexus.Monitoring.Api.Http.Queues;

internal static class QueueEndpoints
{
    public static void MapQueues(this IEndpointRouteBuilder endpoints) => endpoints.MapGet("/api/queues", Get)
        .WithTags("State")
        .WithName("GetQueues")
        .WithSummary("How many tasks wait, by priority and by task type, as last reported.")
        .Produces<QueueState>();

    private static FileContentHttpResult Get(LiveStateView view) =>
        PageWriter.Send(view.Read(state => PageWriter.One(state.Queues, MonitoringJson.Context.QueueState)));
}
