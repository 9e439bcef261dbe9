using Microsoft.AspNetCore.Http.HttpResults;
using Nexus.Monitoring.Contracts.About;
using Nexus.Monitoring.Contracts.Json;

namespace Nexus.Monitoring.Api.Http.About;

internal static class AboutEndpoints
{
    public static void MapAbout(this IEndpointRouteBuilder endpoints) => endpoints.MapGet("/api/about", GetAsync)
        .WithTags("Instance")
        .WithName("GetAbout")
        .WithSummary("What this node is, holds and does: versions, sizes with their bounds, connections, what did not get through, latencies.")
        .Produces<InstanceReport>();

    private static async Task<JsonHttpResult<InstanceReport>> GetAsync(InstanceReporter reporter, CancellationToken cancellationToken) =>
        TypedResults.Json(await reporter.ReportAsync(cancellationToken), MonitoringJson.Context.InstanceReport);
}
