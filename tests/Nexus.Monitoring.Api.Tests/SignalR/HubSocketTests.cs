using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR.Client;
using Nexus.Monitoring.Api.Tests.Fixtures;

namespace Nexus.Monitoring.Api.Tests.SignalR;

public sealed class HubSocketTests
{
    private const string Handshake = "{\"protocol\":\"json\",\"version\":1}\u001e";

    [Fact]
    public async Task Handshake_AnotherProtocol_IsRefusedWithASentence()
    {
        await using var api = await ApiHost.StartAsync();
        using var socket = await OpenAsync(api);

        await SendAsync(socket, "{\"protocol\":\"messagepack\",\"version\":1}\u001e");

        Assert.Equal("{\"error\":\"The protocol 'messagepack' is not supported; json is.\"}\u001e", (await NextAsync(socket))?.Replace("\\u0027", "'"));
        Assert.Null(await NextAsync(socket));
    }

    [Theory]
    [InlineData("{\"type\":1,\"invocationId\":\"1\",\"target\":\"Nothing\",\"arguments\":[]}\u001e", "target is 'Nothing'; Subscribe or Replay is allowed.")]
    [InlineData("{\"type\":4,\"invocationId\":\"1\",\"target\":\"Subscribe\",\"arguments\":[]}\u001e", "target is 'Subscribe'; Subscribe or Replay is allowed.")]
    [InlineData("{\"type\":1,\"invocationId\":\"1\",\"target\":\"Subscribe\",\"arguments\":[]}\u001e", "Subscribe takes two arguments")]
    [InlineData("{\"type\":1,\"invocationId\":\"1\",\"target\":\"Subscribe\",\"arguments\":[null,7]}\u001e", "Subscribe takes two arguments")]
    [InlineData("{\"type\":1,\"invocationId\":\"1\",\"target\":\"Subscribe\",\"arguments\":[{\"slow\":\"no\"},null]}\u001e", "slow is 'no';")]
    public async Task Call_ThatCannotBeMeant_IsCompletedWithAnErrorAndTheConnectionStays(string call, string problem)
    {
        await using var api = await ApiHost.StartAsync();
        using var socket = await OpenAsync(api);
        await SendAsync(socket, Handshake + call + "{\"type\":6}\u001e" + "{\"type\":1,\"invocationId\":\"2\",\"target\":\"subscribe\",\"arguments\":[null,null]}\u001e");

        Assert.Equal("{}\u001e", await NextAsync(socket));
        var refused = JsonElement.Parse((await NextAsync(socket))![..^1]);
        var accepted = JsonElement.Parse((await NextAsync(socket))![..^1]);

        Assert.Equal((3, "1"), (refused.GetProperty("type").GetInt32(), refused.GetProperty("invocationId").GetString()));
        Assert.StartsWith(problem, refused.GetProperty("error").GetString(), StringComparison.Ordinal);
        Assert.Equal("2", accepted.GetProperty("invocationId").GetString());
        Assert.Contains("\"target\":\"Events\"", await NextAsync(socket), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("no record")]
    [InlineData("{\u001e")]
    [InlineData("[]\u001e")]
    [InlineData("{\"type\":1,\"target\":\"\\ud800\"}\u001e")]
    [InlineData("{\"type\":1,\"target\":\"Subscribe\",\"arguments\":[{\"project_id\":\"\\udc00\"},null]}\u001e")]
    public async Task Message_ThatIsNoRecord_ClosesWith4500(string message)
    {
        await using var api = await ApiHost.StartAsync();
        using var socket = await OpenAsync(api);
        await SendAsync(socket, Handshake);
        await NextAsync(socket);

        await SendAsync(socket, message);

        Assert.Null(await NextAsync(socket));
        Assert.Equal(4500, (int)socket.CloseStatus!.Value);
    }

    [Fact]
    public async Task OtherTransports_AreTheLibrarysAndSendTheSameFrames()
    {
        await using var api = await ApiHost.StartAsync();
        await using var connection = new HubConnectionBuilder()
            .WithUrl(new Uri(api.Address, "/hubs/monitoring"), HttpTransportType.LongPolling | HttpTransportType.ServerSentEvents)
            .Build();
        var frames = System.Threading.Channels.Channel.CreateBounded<JsonElement>(10);
        connection.On<JsonElement>("Events", frame => frames.Writer.WriteAsync(frame).AsTask());
        await connection.StartAsync();
        await connection.InvokeAsync("Subscribe", null, null);
        var first = await frames.Reader.ReadAsync().AsTask().WaitAsync(Eventually.DefaultDeadline);

        var position = api.Log.Append(Sample.Event());
        var frame = await frames.Reader.ReadAsync().AsTask().WaitAsync(Eventually.DefaultDeadline);

        Assert.Equal(first.GetProperty("upto").GetString(), frame.GetProperty("after").GetString());
        Assert.Equal(position.ToString(), frame.GetProperty("events")[0].GetProperty("cursor").GetString());
    }

    private static async Task<ClientWebSocket> OpenAsync(ApiHost api)
    {
        var socket = new ClientWebSocket();
        await socket.ConnectAsync(new Uri($"ws://127.0.0.1:{api.Address.Port}/hubs/monitoring"), CancellationToken.None);
        return socket;
    }

    private static Task SendAsync(ClientWebSocket socket, string text) =>
        socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);

    private static async Task<string?> NextAsync(ClientWebSocket socket)
    {
        using var deadline = new CancellationTokenSource(Eventually.DefaultDeadline);
        var buffer = new byte[65_536];
        var part = await socket.ReceiveAsync(buffer, deadline.Token);
        return part.MessageType == WebSocketMessageType.Close ? null : Encoding.UTF8.GetString(buffer, 0, part.Count);
    }
}
