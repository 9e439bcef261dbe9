namespace Nexus.Monitoring.Web.Board;

/// <summary>Error texts with what varies taken out, written <c>‹n›</c>.</summary>
internal static class Fingerprints
{
    private const char Open = '‹';
    private const char Close = '›';

    /// <summary>The text in pieces, so that what varies can be set in a quieter colour.</summary>
    public static IEnumerable<(string Text, bool IsVariable)> Parts(string fingerprint)
    {
        var at = 0;
        while (at < fingerprint.Length)
        {
            var open = fingerprint.IndexOf(Open, at);
            var close = open < 0 ? -1 : fingerprint.IndexOf(Close, open);
            if (close < 0)
            {
                yield return (fingerprint[at..], false);
                yield break;
            }

            if (open > at)
            {
                yield return (fingerprint[at..open], false);
            }

            yield return (fingerprint[open..(close + 1)], true);
            at = close + 1;
        }
    }

    /// <summary>The longest stretch of an error without digits: what to search for to find its like.</summary>
    public static string SearchText(string error)
    {
        var best = default(Range);
        var length = 0;
        var start = 0;
        for (var i = 0; i <= error.Length; i++)
        {
            if (i < error.Length && !char.IsDigit(error[i]))
            {
                continue;
            }

            if (i - start > length)
            {
                (best, length) = (start..i, i - start);
            }

            start = i + 1;
        }

        return error[best].Trim();
    }
}
