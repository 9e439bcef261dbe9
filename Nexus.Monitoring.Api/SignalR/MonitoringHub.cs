using System.Text.Json;
using Microsoft.AspNetCore.SignalR;
using Nexus.Monitoring.Api.Streaming;

namespace Nexus.Monitoring.Api.SignalR;

/// <summary>
/// The stream over those transports of SignalR that are no WebSocket. A client calls <see cref="Subscribe"/> and gets <c>Events</c>, <c>Gap</c>, <c>Resumed</c>, <c>Ping</c> and
/// <c>Status</c>, each with the frame of that name.
/// </summary>
internal sealed class MonitoringHub(
    SessionContext context, StreamCapacity capacity, IHubContext<MonitoringHub> hub, ILogger<MonitoringHub> logger) : Hub
{
    private const string SubscriptionKey = "subscription";
    private const string CountedKey = "counted";

    /// <summary>Begins the stream, in place of an earlier one of the same connection.</summary>
    /// <param name="filter">Fields of a filter frame: <c>project_id</c>, <c>task_id</c>, <c>event_types</c>, <c>stats_only</c>; null for all.</param>
    /// <param name="cursor">What the client already has; null to start now, with a snapshot.</param>
    /// <exception cref="HubException">Names the value that is wrong and what is allowed.</exception>
    public async Task Subscribe(JsonElement? filter, string? cursor)
    {
        if (!HubRequest.TryRead(filter ?? default, cursor, context.Time, out var request, out var error))
        {
            throw new HubException(error.ToString());
        }

        await StopAsync();
        var session = new StreamSession(context, request, new HubSink(hub.Clients.Client(Context.ConnectionId), Context));
        var subscription = new HubSubscription(session, Context, logger);
        Context.Items[SubscriptionKey] = subscription;
        subscription.Start();
    }

    public override async Task OnConnectedAsync()
    {
        if (!capacity.TryEnter(HubSink.TransportName))
        {
            throw new HubException(capacity.WhyFull);
        }

        Context.Items[CountedKey] = true;
        await base.OnConnectedAsync();
    }

    public override async Task OnDisconnectedAsync(Exception? exception)
    {
        await StopAsync();
        if (Context.Items.Remove(CountedKey))
        {
            capacity.Leave(HubSink.TransportName);
        }

        await base.OnDisconnectedAsync(exception);
    }

    private async Task StopAsync()
    {
        if (Context.Items.TryGetValue(SubscriptionKey, out var running) && running is HubSubscription subscription)
        {
            await subscription.StopAsync();
        }
    }
}
