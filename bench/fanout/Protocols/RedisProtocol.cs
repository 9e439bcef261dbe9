using System.Text;

namespace Nexus.Fanout.Protocols;

/// <summary>Pub/sub over plain TCP, without framing, cursors or filters.</summary>
internal sealed class RedisProtocol(string channel) : ClientProtocol
{
    private readonly byte[] _subscribe = Encoding.UTF8.GetBytes(
        $"*2\r\n$9\r\nSUBSCRIBE\r\n${Encoding.UTF8.GetByteCount(channel)}\r\n{channel}\r\n");

    public override byte[] Open(int client, string? cursor) => _subscribe;

    public override HandshakeStep Continue(Handshake handshake, ReadOnlySpan<byte> received)
    {
        if (received is [(byte)'-', ..])
        {
            return HandshakeStep.Fail($"Redis refused the subscription: {Encoding.UTF8.GetString(received[1..]).Trim()}");
        }

        // "*3", "subscribe", the channel, and ":1" for one subscription.
        var end = received.IndexOf("\r\n:1\r\n"u8);
        return end < 0 ? HandshakeStep.Wait : HandshakeStep.Ready(end + "\r\n:1\r\n"u8.Length);
    }
}
