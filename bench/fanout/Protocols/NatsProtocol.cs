using System.Text;

namespace Nexus.Fanout.Protocols;

/// <summary>The NATS protocol in WebSocket frames. The pong to our ping says that the subscription is in force.</summary>
internal sealed class NatsProtocol(HttpTarget target, string subject) : WebSocketProtocol(target)
{
    private readonly byte[] _subscribe = WebSocketFrame.Text(
        Encoding.UTF8.GetBytes($"CONNECT {{\"verbose\":false,\"pedantic\":false}}\r\nSUB {subject} 1\r\nPING\r\n"));

    protected override HandshakeStep Upgraded(Handshake handshake, int consumed) => HandshakeStep.Send(consumed, _subscribe);

    protected override HandshakeStep AfterUpgrade(Handshake handshake, ReadOnlySpan<byte> received)
    {
        if (received.IndexOf("-ERR"u8) is >= 0 and var error)
        {
            return HandshakeStep.Fail($"the NATS server refused the subscription: {Encoding.UTF8.GetString(received[error..]).Trim()}");
        }

        var pong = received.IndexOf("PONG\r\n"u8);
        return pong < 0 ? HandshakeStep.Wait : HandshakeStep.Ready(pong + "PONG\r\n"u8.Length);
    }
}
