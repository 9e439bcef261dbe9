using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;
using Nexus.Monitoring.Contracts.Filters;
using Nexus.Monitoring.Contracts.Frames;
using Nexus.Monitoring.Contracts.Json;
using Nexus.Monitoring.Contracts.Log;

namespace Nexus.Monitoring.Client.Reading;

/// <summary>
/// Connects to the SignalR hub. WebSockets only and without negotiation: a connection is then one request, which any node can answer.
/// </summary>
internal sealed class HubConnector(StreamSockets sockets) : IStreamConnector
{
    private static readonly JsonSerializerOptions PayloadOptions = new(MonitoringJson.Options)
    {
        TypeInfoResolver = JsonTypeInfoResolver.Combine(MonitoringJson.Context, new DefaultJsonTypeInfoResolver()),
    };

    private readonly Uri _url = new(sockets.BaseAddress, "hubs/monitoring");

    public async Task<IStreamConnection> ConnectAsync(
        EventFilter filter, LogPosition? cursor, Action<StreamFrame> onFrame, CancellationToken cancellationToken)
    {
        HubStreamConnection? result = null;
        var connection = new HubConnectionBuilder()
            .WithUrl(_url, HttpTransportType.WebSockets, options =>
            {
                options.SkipNegotiation = true;
                options.WebSocketFactory = async (context, token) =>
                    result!.Socket = await sockets.OpenAsync(context.Uri.PathAndQuery, token).ConfigureAwait(false);
            })
            .AddJsonProtocol(options => options.PayloadSerializerOptions = PayloadOptions)
            .Build();
        connection.On<EventsFrame>("Events", onFrame);
        connection.On<GapFrame>("Gap", onFrame);
        connection.On<ResumedFrame>("Resumed", onFrame);
        connection.On<PingFrame>("Ping", onFrame);
        connection.On<StatusFrame>("Status", onFrame);
        result = new HubStreamConnection(connection);
        try
        {
            await connection.StartAsync(cancellationToken).ConfigureAwait(false);
            await connection.InvokeAsync("Subscribe", filter.MatchesAll ? null : FilterFrame.Of(filter), cursor?.ToString(), cancellationToken).ConfigureAwait(false);
            return result;
        }
        catch (HubException refused)
        {
            await result.DisposeAsync().ConfigureAwait(false);
            throw new StreamRefusedException(refused.Message, refused);
        }
        catch
        {
            await result.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }
}
