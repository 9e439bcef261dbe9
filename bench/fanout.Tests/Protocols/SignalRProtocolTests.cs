using System.Text;
using Nexus.Fanout.Protocols;

namespace Nexus.Fanout.Tests.Protocols;

public sealed class SignalRProtocolTests
{
    private const string Upgrade = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n\r\n";
    private const string Hello = "\u0081\u0003{}\u001e";

    [Fact]
    public void Continue_NexusHub_SubscribesWithFilterAndCursor()
    {
        var handshake = new Handshake(7, "5-1");

        var step = Continue(handshake, subscribes: true, Upgrade, Hello);

        Assert.Contains(
            """{"type":1,"invocationId":"0","target":"Subscribe","arguments":[{"project_id":["p7"],"event_types":["a","b"]},"5-1"]}""",
            Encoding.UTF8.GetString(step.Reply!),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\"type\":3,\"invocationId\":\"0\",\"result\":null}\u001e")]
    [InlineData("{\"type\":1,\"target\":\"Events\",\"arguments\":[{\"error\":\"of a task\"}]}\u001e")]
    public void Continue_StreamOrAnswer_IsReady(string record)
    {
        var step = Continue(new Handshake(0, null), subscribes: true, Upgrade, Hello, record);

        Assert.True(step.IsReady);
    }

    [Fact]
    public void Continue_SubscribeRefused_FailsWithTheReason()
    {
        var step = Continue(
            new Handshake(0, null), subscribes: true, Upgrade, Hello, "{\"type\":3,\"invocationId\":\"0\",\"error\":\"cursor 'x' is bad\"}\u001e");

        Assert.Contains("cursor 'x' is bad", step.Failure, StringComparison.Ordinal);
    }

    [Fact]
    public void Continue_StockHub_IsReadyAfterTheHandshake()
    {
        var step = Continue(new Handshake(0, null), subscribes: false, Upgrade, Hello);

        Assert.True(step.IsReady);
    }

    [Fact]
    public void Continue_NoUpgrade_FailsWithWhatTheServerSaid()
    {
        var step = Continue(new Handshake(0, null), subscribes: true, "HTTP/1.1 404 Not Found\r\n\r\nno hub here");

        Assert.Equal("GET /hub was answered 'HTTP/1.1 404 Not Found' and not 101: no hub here", step.Failure);
    }

    private static HandshakeStep Continue(Handshake handshake, bool subscribes, params string[] answers)
    {
        var target = new HttpTarget("host", "/hub", "project_id=p%d&event_types=a,b", 10, []);
        var protocol = new SignalRProtocol(target, subscribes);
        HandshakeStep step = default;
        foreach (var answer in answers)
        {
            handshake.Add(Encoding.Latin1.GetBytes(answer));
            step = protocol.Continue(handshake, handshake.Received);
            handshake.Consume(step.Consumed);
        }

        return step;
    }
}
