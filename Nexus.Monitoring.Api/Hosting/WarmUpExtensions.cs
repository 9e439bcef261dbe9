using System.Net.WebSockets;
using Microsoft.AspNetCore.Hosting.Server;
using Nexus.Monitoring.Api.State;
using Nexus.Monitoring.Api.Streaming;
using Nexus.ServiceDefaults;

namespace Nexus.Monitoring.Api.Hosting;

internal static class WarmUpExtensions
{
    /// <summary>What was called 30 times is compiled once more, and better.</summary>
    private const int Times = 32;

    /// <summary>
    /// Opens streams of both formats after the start, as soon as there is something to send: who comes over from a node that is gone should not wait for
    /// what this one compiles only once.
    /// </summary>
    public static void AddWarmUp(this IHostApplicationBuilder builder) => builder.Services.AddHostedService(services => new WarmUp(
        services.GetRequiredService<IServer>(),
        services.GetRequiredService<IHostApplicationLifetime>(),
        () => services.GetRequiredService<LiveStateView>().IsReady,
        async (address, cancellationToken) =>
        {
            for (var i = 0; i < Times; i++)
            {
                await OpenAsync(address, "", cancellationToken);
                await OpenAsync(address, "?format=batch", cancellationToken);
                services.GetRequiredService<StreamCapacity>().ForgetOpened(2);
            }
        }));

    private static async Task OpenAsync(Uri address, string query, CancellationToken cancellationToken)
    {
        using var socket = new ClientWebSocket();
        await socket.ConnectAsync(new Uri($"ws://{address.Authority}/ws/monitoring{query}"), cancellationToken);
        await socket.ReceiveAsync(new byte[1024], cancellationToken);
        await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, cancellationToken);
    }
}
