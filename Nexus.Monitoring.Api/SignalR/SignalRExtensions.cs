using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Options;
using Nexus.Monitoring.Api.Problems;
using Nexus.Monitoring.Api.Streaming;

namespace Nexus.Monitoring.Api.SignalR;

internal static class SignalRExtensions
{
    private const string HubPath = "/hubs/monitoring";

    public static void AddMonitoringHub(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSignalR();
        builder.Services.AddOptions<HubOptions>()
            .Configure<IOptions<MonitoringApiOptions>>((hub, options) => hub.MaximumReceiveMessageSize = options.Value.MaxClientMessageBytes);
    }

    public static void MapMonitoringHub(this IEndpointRouteBuilder endpoints) => endpoints.MapHub<MonitoringHub>(HubPath);

    /// <summary>A connection over the limit is refused at its handshake, where the client still sees why.</summary>
    public static IApplicationBuilder UseHubCapacity(this IApplicationBuilder app) => app.Use(static async (context, next) =>
    {
        var capacity = context.RequestServices.GetRequiredService<StreamCapacity>();
        if (!IsHandshake(context) || !capacity.IsFull)
        {
            await next(context);
            return;
        }

        await Problem.Full(context, capacity).ExecuteAsync(context);
    });

    private static bool IsHandshake(HttpContext context) =>
        context.Request.Path.StartsWithSegments(HubPath, StringComparison.OrdinalIgnoreCase, out var rest)
        && (rest == "/negotiate" || (context.WebSockets.IsWebSocketRequest && !context.Request.Query.ContainsKey("id")));
}
