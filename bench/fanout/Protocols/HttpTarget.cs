using System.Globalization;
using System.Text;

namespace Nexus.Fanout.Protocols;

/// <summary>What clients ask an HTTP server for.</summary>
/// <param name="Host">The <c>Host</c> header.</param>
/// <param name="Path">Path and query; <c>%d</c> stands for the client's number modulo <paramref name="Projects"/>.</param>
/// <param name="Filter">Further query parameters of the same form; empty for none.</param>
/// <param name="Projects">How many projects the events are spread over.</param>
/// <param name="Headers">Further headers, <c>Name: value</c>.</param>
internal sealed record HttpTarget(string Host, string Path, string Filter, int Projects, IReadOnlyList<string> Headers)
{
    /// <summary>The request target of one client.</summary>
    public string PathOf(int client, string? cursor)
    {
        var path = new StringBuilder(Number(Path, client));
        Append(path, Number(Filter, client));
        Append(path, cursor is null ? "" : "cursor=" + cursor);
        return path.ToString();
    }

    public string FilterOf(int client) => Number(Filter, client);

    /// <summary>A GET without a body, with these headers besides the ones every request has.</summary>
    public byte[] Get(string path, string version, params string[] headers) => Encoding.UTF8.GetBytes(
        $"GET {path} HTTP/{version}\r\nHost: {Host}\r\n{string.Concat(headers.Concat(Headers).Select(header => header + "\r\n"))}\r\n");

    private static void Append(StringBuilder path, string parameters)
    {
        if (parameters.Length > 0)
        {
            path.Append(path.ToString().Contains('?', StringComparison.Ordinal) ? '&' : '?').Append(parameters);
        }
    }

    private string Number(string text, int client) =>
        text.Replace("%d", (client % Projects).ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);
}
