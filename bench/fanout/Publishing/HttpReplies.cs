using System.Text;

namespace Nexus.Fanout.Publishing;

/// <summary>Status lines of pipelined answers. Headers and bodies are passed over: no line of theirs begins like a status line.</summary>
internal sealed class HttpReplies(string path) : IReplyReader
{
    private readonly LineBuffer _lines = new();

    public void Read(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty && _lines.TryTake(ref bytes, out var line))
        {
            var status = line.IndexOf("HTTP/1."u8);
            if (status >= 0 && line.Length > status + 9 && line[status + 9] != (byte)'2')
            {
                throw new FanoutException($"POST {path} was answered {Encoding.UTF8.GetString(line[(status + 9)..])}.");
            }
        }
    }
}
