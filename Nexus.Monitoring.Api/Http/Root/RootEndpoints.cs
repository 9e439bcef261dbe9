using Nexus.Monitoring.Api.Http.About;

namespace Nexus.Monitoring.Api.Http.Root;

internal static class RootEndpoints
{
    private static readonly ServiceIndex Index = new(
        "Nexus Monitoring API",
        InstanceReporter.Version,
        new Dictionary<string, string>
        {
            ["docs"] = "/docs",
            ["openapi"] = "/openapi/v1.json",
            ["health"] = "/health",
            ["stream"] = "/ws/monitoring",
            ["hub"] = "/hubs/monitoring",
            ["events"] = "/api/events",
            ["snapshot"] = "/api/snapshot",
            ["runs"] = "/api/runs",
            ["tasks"] = "/api/tasks",
            ["workers"] = "/api/workers",
            ["queues"] = "/api/queues",
            ["about"] = "/api/about",
            ["views"] = "/api/views",
            ["boards"] = "/api/boards",
            ["metrics"] = "/metrics",
        });

    public static void MapRoot(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapGet("/", () => TypedResults.Json(Index, ApiJson.Context.ServiceIndex)).ExcludeFromDescription();
}
