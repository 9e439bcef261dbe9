using System.Text;

namespace Nexus.Fanout.Publishing;

/// <summary><c>INFO …</c>, <c>PING</c> (sent so rarely that a run need not answer) and <c>-ERR '…'</c>.</summary>
internal sealed class NatsReplies : IReplyReader
{
    private readonly LineBuffer _lines = new();

    public void Read(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty && _lines.TryTake(ref bytes, out var line))
        {
            if (line.StartsWith("-ERR"u8))
            {
                throw new FanoutException($"The NATS server refused the publisher: {Encoding.UTF8.GetString(line[4..]).Trim()}.");
            }
        }
    }
}
