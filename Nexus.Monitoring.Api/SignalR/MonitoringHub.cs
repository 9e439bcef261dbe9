using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.SignalR;
using Nexus.Monitoring.Api.Streaming;
using Nexus.Monitoring.Api.TimeMachine.Replays;

namespace Nexus.Monitoring.Api.SignalR;

/// <summary>
/// The stream over those transports of SignalR that are no WebSocket. A client calls <see cref="Subscribe"/> and gets <c>Events</c>, <c>Gap</c>, <c>Resumed</c>, <c>Ping</c> and
/// <c>Status</c>, each with the frame of that name.
/// </summary>
internal sealed class MonitoringHub(
    SessionContext context, ReplayContext replays, StreamCapacity capacity, IHubContext<MonitoringHub> hub, ILogger<MonitoringHub> logger) : Hub
{
    private const string SubscriptionKey = "subscription";
    private const string CountedKey = "counted";

    /// <summary>Begins the stream, in place of an earlier one of the same connection.</summary>
    /// <param name="filter">Fields of a filter frame: <c>project_id</c>, <c>task_id</c>, <c>event_types</c>, <c>stats_only</c>; null for all.</param>
    /// <param name="cursor">What the client already has; null to start now, with an empty interval that says where.</param>
    /// <exception cref="HubException">Names the value that is wrong and what is allowed.</exception>
    public async Task Subscribe(JsonElement? filter, string? cursor)
    {
        if (!HubRequest.TryRead(filter ?? default, cursor, context.Time, out var request, out var error))
        {
            throw new HubException(error.ToString());
        }

        await StopAsync();
        request = request with { Client = ReplayBudgets.ClientOf(Context.GetHttpContext()?.Connection.RemoteIpAddress) };
        var session = new StreamSession(context, request, new HubSink(hub.Clients.Client(Context.ConnectionId), Context));
        var subscription = new HubSubscription(session, Context, logger);
        Context.Items[SubscriptionKey] = subscription;
        subscription.Start();
    }

    /// <summary>Begins a replay, in place of an earlier stream of the same connection; besides the methods above the client gets <c>Clock</c>.</summary>
    /// <param name="filter">As with <see cref="Subscribe"/>.</param>
    /// <param name="from">A time or a cursor, where it begins.</param>
    /// <param name="speed">Seconds of the log in a second, 1 to 100; 1 when null.</param>
    /// <exception cref="HubException">Names the value that is wrong and what is allowed.</exception>
    public async Task Replay(JsonElement? filter, string? from, double? speed)
    {
        if (!HubReplay.TryRead(filter ?? default, from, speed?.ToString(CultureInfo.InvariantCulture), context.Time, out var request, out var error))
        {
            throw new HubException(error.ToString());
        }

        await StopAsync();
        if (!replays.TryEnter())
        {
            throw new HubException(replays.WhyFull);
        }

        var session = new ReplaySession(replays, request, new HubSink(hub.Clients.Client(Context.ConnectionId), Context));
        var subscription = new HubSubscription(session, Context, logger, replays.Leave);
        Context.Items[SubscriptionKey] = subscription;
        subscription.Start();
    }

    /// <summary>Lets the replay's time stand still.</summary>
    public Task Pause() => CommandAsync(nameof(Pause), null);

    /// <summary>Lets it go on.</summary>
    public Task Play() => CommandAsync(nameof(Play), null);

    /// <summary>Goes to a time or a cursor.</summary>
    public Task Seek(string? at) => CommandAsync(nameof(Seek), at);

    /// <summary>Changes the pace.</summary>
    public Task Speed(double? speed) => CommandAsync(nameof(Speed), speed?.ToString(CultureInfo.InvariantCulture));

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

    private Task CommandAsync(string method, string? argument)
    {
        var command = HubReplay.Command(method, argument, context.Time)!;
        return command.Problem is { } problem ? throw new HubException(problem)
            : Context.Items.TryGetValue(SubscriptionKey, out var running) && running is HubSubscription { Replay: { } replay }
                ? replay.PostAsync(new ClientCommand(Replay: command))
            : throw new HubException($"{method} needs a running replay; {HubReplay.Method} begins one.");
    }

    private async Task StopAsync()
    {
        if (Context.Items.TryGetValue(SubscriptionKey, out var running) && running is HubSubscription subscription)
        {
            await subscription.StopAsync();
        }
    }
}
