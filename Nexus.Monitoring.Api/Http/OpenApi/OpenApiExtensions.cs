using Nexus.Monitoring.Contracts.Json;
using Scalar.AspNetCore;

namespace Nexus.Monitoring.Api.Http.OpenApi;

internal static class OpenApiExtensions
{
    private const string DocumentName = "v1";

    public static void AddApiDescription(this IHostApplicationBuilder builder)
    {
        // Schemas are described as the wire spells them.
        builder.Services.ConfigureHttpJsonOptions(options =>
        {
            options.SerializerOptions.PropertyNamingPolicy = MonitoringJson.Options.PropertyNamingPolicy;
            options.SerializerOptions.DefaultIgnoreCondition = MonitoringJson.Options.DefaultIgnoreCondition;
            options.SerializerOptions.TypeInfoResolverChain.Insert(0, MonitoringJson.Context);
        });
        builder.Services.AddOpenApi(DocumentName, options => options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info.Title = "Nexus Monitoring API";
            document.Info.Description =
                "Events of agents and background workers, live and back to any moment. "
                + "The stream itself is a WebSocket at /ws/monitoring and a SignalR hub at /hubs/monitoring.";
            return Task.CompletedTask;
        }));
    }

    /// <summary>The description, and a page to read it that loads nothing from elsewhere.</summary>
    public static void MapApiDescription(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapOpenApi("/openapi/{documentName}.json");
        endpoints.MapScalarApiReference("/docs", options => options
            .WithTitle("Nexus Monitoring API")
            .WithOpenApiRoutePattern("/openapi/{documentName}.json")
            .DisableDefaultFonts()
            .DisableTelemetry()
            .DisableAgent()
            .DisableMcp()
            .HideClientButton()
            .HideDeveloperTools());
    }
}
