using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Options;
using Nexus.Monitoring.Api.Problems;
using Nexus.Monitoring.Api.Streaming;
using Nexus.Monitoring.Api.TimeMachine.Replays;
using Nexus.Monitoring.Api.WebSockets;

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

    /// <summary>Serves hub clients on WebSockets, and refuses connections over the limit at their handshake, where the client still sees why.</summary>
    public static IApplicationBuilder UseHubSockets(this IApplicationBuilder app) => app.Use(static async (context, next) =>
    {
        var capacity = context.RequestServices.GetRequiredService<StreamCapacity>();
        if (!context.Request.Path.StartsWithSegments(HubPath, StringComparison.OrdinalIgnoreCase, out var rest))
        {
            await next(context);
        }
        else if (rest == "/negotiate" && capacity.IsFull)
        {
            await Problem.Full(context, capacity).ExecuteAsync(context);
        }
        else if (!rest.HasValue && context.WebSockets.IsWebSocketRequest)
        {
            await RunSocketAsync(context, capacity);
        }
        else
        {
            await next(context);
        }
    });

    /// <summary>It does not matter whether the client negotiated: a connection needs nothing that was said then.</summary>
    private static async Task RunSocketAsync(HttpContext http, StreamCapacity capacity)
    {
        if (!capacity.TryEnter(HubSink.TransportName))
        {
            await Problem.Full(http, capacity).ExecuteAsync(http);
            return;
        }

        var context = http.RequestServices.GetRequiredService<SessionContext>();
        var replays = http.RequestServices.GetRequiredService<ReplayContext>();
        var logger = http.RequestServices.GetRequiredService<ILogger<HubSocket>>();
        var client = ReplayBudgets.ClientOf(http.Connection.RemoteIpAddress);
        var isServed = false;
        try
        {
            await FrameConnection.AcceptAsync(http, context.Time, connection =>
            {
                isServed = true;
                return ServeAsync(new HubSocket(connection, context, replays, client, logger), capacity);
            });
        }
        catch when (!isServed)
        {
            capacity.Leave(HubSink.TransportName);
            throw;
        }
    }

    private static async Task ServeAsync(HubSocket socket, StreamCapacity capacity)
    {
        try
        {
            await socket.RunAsync();
        }
        finally
        {
            capacity.Leave(HubSink.TransportName);
        }
    }
}
