using System.Text;
using System.Text.Json.Nodes;
using System.Web;

namespace Nexus.Fanout.Protocols;

/// <summary>
/// SignalR's JSON protocol over a WebSocket without negotiation. Nexus's hub is asked for the stream with <c>Subscribe(filter, cursor)</c>;
/// a stock hub that calls all its clients needs no word.
/// </summary>
internal sealed class SignalRProtocol(HttpTarget target, bool subscribes) : WebSocketProtocol(target)
{
    private const byte RecordEnd = 0x1E;

    private static readonly byte[] Hello = WebSocketFrame.Text(Record("{\"protocol\":\"json\",\"version\":1}"));
    private static readonly byte[] Ping = WebSocketFrame.Text(Record("{\"type\":6}"));

    public override byte[] KeepAlive => Ping;

    protected override string PathOf(int client, string? cursor) => Target.Path;

    protected override HandshakeStep Upgraded(Handshake handshake, int consumed) => HandshakeStep.Send(consumed, Hello);

    protected override HandshakeStep AfterUpgrade(Handshake handshake, ReadOnlySpan<byte> received) =>
        handshake.Stage == 1 ? AfterHello(handshake, received) : AfterSubscribe(received);

    private HandshakeStep AfterHello(Handshake handshake, ReadOnlySpan<byte> received)
    {
        var end = received.IndexOf(RecordEnd);
        if (end < 0)
        {
            return HandshakeStep.Wait;
        }

        if (ErrorIn(received[..end]) is { } error)
        {
            return HandshakeStep.Fail($"the hub refused the handshake: {error}");
        }

        if (!subscribes)
        {
            return HandshakeStep.Ready(end + 1);
        }

        handshake.Stage = 2;
        return HandshakeStep.Send(end + 1, Subscribe(handshake));
    }

    /// <summary>The stream may begin before the call is answered; then it is not the handshake's to read.</summary>
    private static HandshakeStep AfterSubscribe(ReadOnlySpan<byte> received)
    {
        if (received.IndexOf("{\"type\":1,"u8) >= 0)
        {
            return HandshakeStep.Ready(0);
        }

        var answer = received.IndexOf("\"invocationId\":\"0\""u8);
        var end = answer < 0 ? -1 : received[answer..].IndexOf(RecordEnd);
        return end < 0 ? HandshakeStep.Wait
            : ErrorIn(received.Slice(answer, end)) is { } error ? HandshakeStep.Fail($"the hub refused Subscribe: {error}")
            : HandshakeStep.Ready(answer + end + 1);
    }

    private byte[] Subscribe(Handshake handshake)
    {
        var query = HttpUtility.ParseQueryString(Target.FilterOf(handshake.Client));
        var filter = new JsonObject(query.AllKeys.OfType<string>().Select(name => KeyValuePair.Create<string, JsonNode?>(
            name, new JsonArray([.. (query[name] ?? "").Split(',').Select(value => (JsonNode)value)]))));
        var call = new JsonObject
        {
            ["type"] = 1,
            ["invocationId"] = "0",
            ["target"] = "Subscribe",
            ["arguments"] = new JsonArray(filter.Count > 0 ? filter : null, handshake.Cursor),
        };
        return WebSocketFrame.Text(Record(call.ToJsonString()));
    }

    /// <summary>The text of <c>{"error":"…"}</c> or of a completion with an error.</summary>
    private static string? ErrorIn(ReadOnlySpan<byte> record)
    {
        var start = record.IndexOf("\"error\":"u8);
        return start < 0 ? null : Encoding.UTF8.GetString(record[(start + "\"error\":"u8.Length)..]).TrimEnd('}');
    }

    private static byte[] Record(string json) => [.. Encoding.UTF8.GetBytes(json), RecordEnd];
}
