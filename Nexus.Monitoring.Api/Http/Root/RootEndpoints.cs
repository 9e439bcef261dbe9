using System.Reflection;

namespace Nexus.Monitoring.Api.Http.Root;

internal static class RootEndpoints
{
    private static readonly ServiceIndex Index = new(
        "Nexus Monitoring API",
        typeof(RootEndpoints).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion,
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
            ["views"] = "/api/views",
            ["boards"] = "/api/boards",
            ["metrics"] = "/metrics",
        });

    public static void MapRoot(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapGet("/", () => TypedResults.Json(Index, ApiJson.Context.ServiceIndex)).ExcludeFromDescription();
}
