using System.Text;

namespace Nexus.Fanout.Publishing;

/// <summary>
/// How events are handed to a server: alone, or several in a message. All events of a run have one size, so that whatever stands around them
/// depends on their number alone.
/// </summary>
internal sealed record PublishFormat
{
    private const string Log = "nexus:events:log";

    /// <summary>As many events as an entry of the log holds at most.</summary>
    private const int MostOfEntry = 64;

    /// <summary>About how many events the log keeps.</summary>
    private const int LogLength = 250_000;

    /// <summary>Sent once after connecting.</summary>
    public byte[] Hello { get; init; } = [];

    /// <summary>Most events of one message.</summary>
    public int MostTogether { get; init; } = 1;

    /// <summary>What comes before a message of so many events; it is asked once for each, in their order.</summary>
    public required Func<int, byte[]> Begin { get; init; }

    public byte[] BetweenEvents { get; init; } = [];

    public required byte[] AfterEvents { get; init; }

    public byte[] AfterBatch { get; init; } = [];

    public required IReplyReader Replies { get; init; }

    /// <summary>The log and its doorbell, as producers write them: an <c>XADD</c> for what fits into an entry, one <c>PUBLISH</c> a batch.</summary>
    public static PublishFormat Nexus(int size, bool keepPositions)
    {
        var replies = new RespReplies(keepPositions);
        var begins = Enumerable.Range(1, MostOfEntry).Select(count => Resp(
            "XADD", Log, "MAXLEN", "~", $"{LogLength / count}", "*", count == 1 ? "e" : "es", (count * (size + 1)) - 1)).ToList();
        return new PublishFormat
        {
            MostTogether = MostOfEntry,
            Begin = count =>
            {
                replies.Expect(count);
                return begins[count - 1];
            },
            BetweenEvents = "\n"u8.ToArray(),
            AfterEvents = "\r\n"u8.ToArray(),
            AfterBatch = Encoding.ASCII.GetBytes($"*3\r\n$7\r\nPUBLISH\r\n${Log.Length}\r\n{Log}\r\n$1\r\n1\r\n"),
            Replies = replies,
        };
    }

    public static PublishFormat Redis(int size, string channel) => new()
    {
        Begin = Always(Resp("PUBLISH", channel, size)),
        AfterEvents = "\r\n"u8.ToArray(),
        Replies = new RespReplies(keepPositions: false),
    };

    public static PublishFormat Nats(int size, string subject) => new()
    {
        Hello = "CONNECT {\"verbose\":false,\"pedantic\":false}\r\n"u8.ToArray(),
        Begin = Always(Encoding.UTF8.GetBytes($"PUB {subject} {size}\r\n")),
        AfterEvents = "\r\n"u8.ToArray(),
        Replies = new NatsReplies(),
    };

    /// <summary>One POST an event, pipelined on one connection.</summary>
    public static PublishFormat Http(int size, string path, string host, IEnumerable<string> headers) => new()
    {
        Begin = Always(Encoding.UTF8.GetBytes(
            $"POST {path} HTTP/1.1\r\nHost: {host}\r\nContent-Type: application/json\r\n{string.Concat(headers.Select(header => header + "\r\n"))}Content-Length: {size}\r\n\r\n")),
        AfterEvents = [],
        Replies = new HttpReplies(path),
    };

    private static Func<int, byte[]> Always(byte[] begin) => _ => begin;

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
