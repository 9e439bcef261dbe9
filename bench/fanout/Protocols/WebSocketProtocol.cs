namespace Nexus.Fanout.Protocols;

/// <summary>A WebSocket that streams from the moment of the upgrade, without compression.</summary>
internal class WebSocketProtocol(HttpTarget target) : ClientProtocol
{
    private const int SwitchingProtocols = 101;

    protected HttpTarget Target => target;

    public override bool IsFramed => true;

    public override byte[] Open(int client, string? cursor) => target.Get(
        PathOf(client, cursor),
        "1.1",
        "Upgrade: websocket",
        "Connection: Upgrade",
        "Sec-WebSocket-Key: AAECAwQFBgcICQoLDA0ODw==",
        "Sec-WebSocket-Version: 13");

    public override HandshakeStep Continue(Handshake handshake, ReadOnlySpan<byte> received)
    {
        if (handshake.Stage > 0)
        {
            return AfterUpgrade(handshake, received);
        }

        if (!HttpAnswer.TryRead(received, SwitchingProtocols, PathOf(handshake.Client, handshake.Cursor), out var head, out var failure))
        {
            return HandshakeStep.Wait;
        }

        handshake.Stage = 1;
        return failure is not null ? HandshakeStep.Fail(failure) : Upgraded(handshake, head);
    }

    protected virtual string PathOf(int client, string? cursor) => target.PathOf(client, cursor);

    protected virtual HandshakeStep Upgraded(Handshake handshake, int consumed) => HandshakeStep.Ready(consumed);

    protected virtual HandshakeStep AfterUpgrade(Handshake handshake, ReadOnlySpan<byte> received) => HandshakeStep.Ready(0);
}
