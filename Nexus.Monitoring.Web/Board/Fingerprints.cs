using Nexus.Monitoring.Contracts.State;

namespace Nexus.Monitoring.Web.Board;

internal static class Fingerprints
{
    private const char Open = '‹';
    private const char Close = '›';
    private const int ShortestHeadline = 8;
    private static readonly char[] ClauseEnds = [',', ';', ':'];

    /// <summary>The longest stretch of an error that does not vary: what to search for to find its like.</summary>
    public static string SearchText(string error) =>
        ErrorFingerprint.Parts(error).Where(part => !part.IsVariable).Select(part => part.Text.Trim()).MaxBy(text => text.Length) ?? error;

    /// <summary>A title in pieces: what all failures of the group share, and the places of what varies.</summary>
    public static IEnumerable<(string Text, bool IsVariable)> Pieces(string title)
    {
        var from = 0;
        while (title.IndexOf(Open, from) is >= 0 and var open && title.IndexOf(Close, open) is >= 0 and var close)
        {
            if (open > from)
            {
                yield return (title[from..open], false);
            }

            yield return (title[open..(close + 1)], true);
            from = close + 1;
        }

        if (from < title.Length)
        {
            yield return (title[from..], false);
        }
    }

    /// <summary>A title without the clause in which something varies, for a heading: <c>HTTP 429 from provider, retry in ‹n› s</c> is about the 429.</summary>
    public static string Headline(string title)
    {
        title = title.TrimEnd('.');
        var clause = title.IndexOf(Open) is > 0 and var open ? title[..open].LastIndexOfAny(ClauseEnds) : -1;
        return clause >= ShortestHeadline ? title[..clause].TrimEnd() : title;
    }
}
