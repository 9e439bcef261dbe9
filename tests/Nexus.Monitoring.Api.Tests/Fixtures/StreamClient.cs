using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using Nexus.Monitoring.Api.Http.Demo.Chaos;
using Nexus.Monitoring.Contracts.Log;

namespace Nexus.Monitoring.Api.Tests.Fixtures;

/// <summary>A raw WebSocket client of the stream.</summary>
internal sealed class StreamClient : IAsyncDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(20);

    /// <summary>Known, because a test that a client falls behind sends more than that.</summary>
    private const int ReceiveBytes = 64 * 1024;

    private static readonly HttpMessageInvoker Http = new(new SocketsHttpHandler
    {
        ConnectCallback = (context, cancel) => NarrowSocket.ConnectAsync(context, ReceiveBytes, cancel),
    });

    private readonly ClientWebSocket _socket = new();
    private readonly byte[] _buffer = new byte[1024 * 1024];

    public WebSocketCloseStatus? CloseStatus => _socket.CloseStatus;

    public string? CloseReason => _socket.CloseStatusDescription;

    public static async Task<StreamClient> ConnectAsync(ApiHost host, string query, string? origin = null)
    {
        var client = new StreamClient();
        if (origin is not null)
        {
            client._socket.Options.SetRequestHeader("Origin", origin);
        }

        using var deadline = new CancellationTokenSource(Deadline);
        await client._socket.ConnectAsync(new Uri($"ws://127.0.0.1:{host.Address.Port}/ws/monitoring{query}"), Http, deadline.Token);
        return client;
    }

    /// <summary>The next message; null when the server has closed.</summary>
    public async Task<JsonElement?> NextAsync()
    {
        using var deadline = new CancellationTokenSource(Deadline);
        var length = 0;
        while (true)
        {
            var part = await _socket.ReceiveAsync(_buffer.AsMemory(length), deadline.Token);
            if (part.MessageType == WebSocketMessageType.Close)
            {
                return null;
            }

            length += part.Count;
            if (part.EndOfMessage)
            {
                return JsonElement.Parse(_buffer.AsSpan(0, length));
            }
        }
    }

    /// <summary>The next message, which is a control frame of this type.</summary>
    public async Task<JsonElement> ReceivesAsync(string type)
    {
        var message = await NextAsync();
        Assert.True(message is not null, $"closed with {CloseStatus}: {CloseReason}");
        Assert.Equal(type, message.Value.GetProperty("type").GetString());
        return message.Value;
    }

    /// <summary>The next messages, each an event; their positions.</summary>
    public async Task<IReadOnlyList<LogPosition>> ReceivesEventsAsync(int count)
    {
        var positions = new List<LogPosition>();
        for (var i = 0; i < count; i++)
        {
            var message = await NextAsync();
            Assert.True(message is not null, $"closed with {CloseStatus}: {CloseReason}");
            Assert.True(message.Value.TryGetProperty("event_id", out _), message.Value.GetRawText());
            positions.Add(LogPosition.Parse(message.Value.GetProperty("cursor").GetString()!));
        }

        return positions;
    }

    public async Task<JsonElement> ReceivesSnapshotAsync()
    {
        var message = await NextAsync();
        Assert.Equal("stats_snapshot", message!.Value.GetProperty("event_type").GetString());
        Assert.True(message.Value.GetProperty("meta").GetProperty("snapshot").GetBoolean());
        return message.Value;
    }

    public Task SendAsync(string text) => SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text);

    public Task SendAsync(byte[] message, WebSocketMessageType type) =>
        _socket.SendAsync(message, type, endOfMessage: true, CancellationToken.None);

    public async Task IsClosedAsync(int code)
    {
        while (await NextAsync() is not null)
        {
        }

        Assert.Equal(code, (int)CloseStatus!.Value);
    }

    public ValueTask DisposeAsync()
    {
        _socket.Dispose();
        return ValueTask.CompletedTask;
    }
}
