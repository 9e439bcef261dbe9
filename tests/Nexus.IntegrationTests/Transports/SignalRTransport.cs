using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;
using Nexus.Monitoring.Contracts.Filters;
using Nexus.Monitoring.Contracts.Frames;
using Nexus.Monitoring.Contracts.Json;
using Nexus.Monitoring.Contracts.Log;
using Nexus.Testing.Delivery;

namespace Nexus.IntegrationTests.Transports;

/// <summary>The hub, through Microsoft's client.</summary>
public sealed class SignalRTransport : StreamTransport
{
    private static readonly string[] Methods = ["Events", "Gap", "Resumed", "Ping", "Status"];

    public override string Name => "signalr";

    public override bool HasIntervals => true;

    public override async Task<StreamConnection> OpenAsync(Uri node, EventFilter filter, LogPosition? cursor, ReaderJournal journal)
    {
        var connection = Connect(node);
        var ended = new TaskCompletionSource<StreamEnd>(TaskCreationOptions.RunContinuationsAsynchronously);

        // The library may still be at what has arrived when the connection is over; it must not mix with what the next one brings.
        var gate = new Lock();
        var isLeft = false;
        foreach (var method in Methods)
        {
            connection.On<JsonElement>(method, frame =>
            {
                lock (gate)
                {
                    if (!isLeft)
                    {
                        Take(frame, journal, ended);
                    }
                }
            });
        }

        connection.Closed += error =>
        {
            ended.TrySetResult(new StreamEnd(null, error?.Message ?? "closed"));
            return Task.CompletedTask;
        };
        try
        {
            await connection.StartAsync();
            await connection.InvokeAsync("Subscribe", Frame(filter), cursor?.ToString());
        }
        catch (Exception error)
        {
            await LeaveAsync();
            throw error is HubException ? new StreamRefusedException(error.Message, error) : new HttpRequestException(error.Message, error);
        }

        return new StreamConnection(_ => ended.Task, LeaveAsync);

        ValueTask LeaveAsync()
        {
            lock (gate)
            {
                isLeft = true;
            }

            return connection.DisposeAsync();
        }
    }

    public override async Task<string?> RefusalAsync(Uri node, string query)
    {
        await using var connection = Connect(node);
        await connection.StartAsync();
        var values = query.Split('&').Select(pair => pair.Split('=', 2)).ToLookup(pair => pair[0], pair => Uri.UnescapeDataString(pair[1]));
        var filter = values.Where(value => value.Key != "cursor")
            .ToDictionary(value => value.Key, value => (object)value.SelectMany(one => value.Key == "event_types" ? one.Split(',') : [one]).ToArray());
        try
        {
            await connection.InvokeAsync("Subscribe", filter.Count > 0 ? filter : null, values["cursor"].SingleOrDefault());
            return null;
        }
        catch (HubException error)
        {
            return error.Message;
        }
    }

    private static HubConnection Connect(Uri node) => new HubConnectionBuilder().WithUrl(new Uri(node, "/hubs/monitoring")).Build();

    private static void Take(JsonElement frame, ReaderJournal journal, TaskCompletionSource<StreamEnd> ended)
    {
        try
        {
            journal.Take(frame.Deserialize(MonitoringJson.Context.StreamFrame)!);
        }
        catch (JsonException error)
        {
            // SignalR would only log it.
            ended.TrySetException(error);
        }
    }

    private JsonObject? Frame(EventFilter filter)
    {
        if (filter.MatchesAll && Slow is null)
        {
            return null;
        }

        var frame = JsonSerializer.SerializeToNode(FilterFrame.Of(filter), MonitoringJson.Context.FilterFrame)!.AsObject();
        if (Slow is not null)
        {
            frame["slow"] = Slow;
        }

        return frame;
    }
}
