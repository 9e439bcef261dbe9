using System.Text.Json;
using System.Threading.Channels;
using Microsoft.AspNetCore.SignalR.Client;
using Nexus.Monitoring.Api.Tests.Fixtures;

namespace Nexus.Monitoring.Api.Tests.SignalR;

/// <summary>A real SignalR client that writes down which of its methods were called with what.</summary>
internal sealed class HubClient : IAsyncDisposable
{
    private readonly Channel<(string Method, JsonElement Frame)> _calls = Channel.CreateBounded<(string, JsonElement)>(10_000);

    private HubClient(HubConnection connection)
    {
        Connection = connection;
        foreach (var method in new[] { "Events", "Gap", "Resumed", "Ping", "Status" })
        {
            connection.On<JsonElement>(method, frame => _calls.Writer.WriteAsync((method, frame)).AsTask());
        }
    }

    public HubConnection Connection { get; }

    public static async Task<HubClient> ConnectAsync(ApiHost api, string? origin = null)
    {
        var connection = new HubConnectionBuilder()
            .WithUrl(new Uri(api.Address, "/hubs/monitoring"), options =>
            {
                if (origin is not null)
                {
                    options.Headers["Origin"] = origin;
                }
            })
            .Build();
        var client = new HubClient(connection);
        await connection.StartAsync();
        return client;
    }

    public Task SubscribeAsync(object? filter = null, string? cursor = null) => Connection.InvokeAsync("Subscribe", filter, cursor);

    public async Task<JsonElement> ReceivesAsync(string method)
    {
        var (called, frame) = await _calls.Reader.ReadAsync().AsTask().WaitAsync(Eventually.DefaultDeadline);
        Assert.Equal(method, called);
        return frame;
    }

    public async ValueTask DisposeAsync() => await Connection.DisposeAsync();
}
