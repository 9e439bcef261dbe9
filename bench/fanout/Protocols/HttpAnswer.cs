using System.Text;

namespace Nexus.Fanout.Protocols;

/// <summary>The head of an HTTP answer.</summary>
internal static class HttpAnswer
{
    private const int ShownBody = 200;

    /// <summary>Whether the whole head has come, and if so its length or what is wrong with it.</summary>
    public static bool TryRead(ReadOnlySpan<byte> received, int wantedStatus, string path, out int headLength, out string? failure)
    {
        failure = null;
        headLength = received.IndexOf("\r\n\r\n"u8) + 4;
        if (headLength < 4)
        {
            return false;
        }

        var statusLine = Encoding.UTF8.GetString(received[..received.IndexOf((byte)'\r')]);
        var words = statusLine.Split(' ', 3);
        if (words.Length < 2 || words[1] != $"{wantedStatus}")
        {
            var body = Encoding.UTF8.GetString(received[headLength..Math.Min(received.Length, headLength + ShownBody)]).Trim();
            failure = $"GET {path} was answered '{statusLine}' and not {wantedStatus}{(body.Length > 0 ? ": " + body : "")}";
        }

        return true;
    }
}
