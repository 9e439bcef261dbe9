namespace Nexus.Fanout.Protocols;

/// <summary>
/// An answer without end: server-sent events or NDJSON. Asked for in HTTP/1.0, so that the body comes as it is: chunk headers could stand
/// in the middle of a mark.
/// </summary>
internal sealed class HttpStreamProtocol(HttpTarget target, string mediaType) : ClientProtocol
{
    private const int Ok = 200;

    public override byte[] Open(int client, string? cursor) =>
        target.Get(target.PathOf(client, cursor), "1.0", $"Accept: {mediaType}", "Connection: keep-alive");

    public override HandshakeStep Continue(Handshake handshake, ReadOnlySpan<byte> received)
    {
        var path = target.PathOf(handshake.Client, handshake.Cursor);
        if (!HttpAnswer.TryRead(received, Ok, path, out var head, out var failure))
        {
            return HandshakeStep.Wait;
        }

        return failure is not null ? HandshakeStep.Fail(failure)
            : received[..head].IndexOf("chunked"u8) >= 0
                ? HandshakeStep.Fail($"GET {path} is answered in chunks although it was asked in HTTP/1.0, which has none")
            : HandshakeStep.Ready(head);
    }
}
