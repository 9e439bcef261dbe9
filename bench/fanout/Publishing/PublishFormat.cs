using System.Text;

namespace Nexus.Fanout.Publishing;

/// <summary>How events are handed to a server. All events of a run have one size, so that whatever stands around them is constant.</summary>
internal sealed record PublishFormat
{
    /// <summary>Sent once after connecting.</summary>
    public byte[] Hello { get; init; } = [];

    public required byte[] BeforeEvent { get; init; }

    public required byte[] AfterEvent { get; init; }

    public byte[] AfterBatch { get; init; } = [];

    public required IReplyReader Replies { get; init; }

    /// <summary>The log and its doorbell, as producers write them: one <c>XADD</c> an event, one <c>PUBLISH</c> a batch.</summary>
    public static PublishFormat Nexus(int size, bool keepPositions)
    {
        const string Log = "nexus:events:log";
        return new PublishFormat
        {
            BeforeEvent = Resp("XADD", Log, "MAXLEN", "~", "250000", "*", "e", size),
            AfterEvent = "\r\n"u8.ToArray(),
            AfterBatch = Encoding.ASCII.GetBytes($"*3\r\n$7\r\nPUBLISH\r\n${Log.Length}\r\n{Log}\r\n$1\r\n1\r\n"),
            Replies = new RespReplies(keepPositions),
        };
    }

    public static PublishFormat Redis(int size, string channel) => new()
    {
        BeforeEvent = Resp("PUBLISH", channel, size),
        AfterEvent = "\r\n"u8.ToArray(),
        Replies = new RespReplies(keepPositions: false),
    };

    public static PublishFormat Nats(int size, string subject) => new()
    {
        Hello = "CONNECT {\"verbose\":false,\"pedantic\":false}\r\n"u8.ToArray(),
        BeforeEvent = Encoding.UTF8.GetBytes($"PUB {subject} {size}\r\n"),
        AfterEvent = "\r\n"u8.ToArray(),
        Replies = new NatsReplies(),
    };

    /// <summary>One POST an event, pipelined on one connection.</summary>
    public static PublishFormat Http(int size, string path, string host, IEnumerable<string> headers) => new()
    {
        BeforeEvent = Encoding.UTF8.GetBytes(
            $"POST {path} HTTP/1.1\r\nHost: {host}\r\nContent-Type: application/json\r\n{string.Concat(headers.Select(header => header + "\r\n"))}Content-Length: {size}\r\n\r\n"),
        AfterEvent = [],
        Replies = new HttpReplies(path),
    };

    /// <summary>A command whose last argument, of <c>(int)words[^1]</c> bytes, is left to be written.</summary>
    private static byte[] Resp(params object[] words)
    {
        var text = new StringBuilder($"*{words.Length}\r\n");
        foreach (var word in words[..^1].Cast<string>())
        {
            text.Append('$').Append(Encoding.UTF8.GetByteCount(word)).Append("\r\n").Append(word).Append("\r\n");
        }

        return Encoding.UTF8.GetBytes(text.Append('$').Append((int)words[^1]).Append("\r\n").ToString());
    }
}
