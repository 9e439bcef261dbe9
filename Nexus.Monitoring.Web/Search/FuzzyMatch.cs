namespace Nexus.Monitoring.Web.Search;

/// <summary>
/// How well a few letters fit a text: each must occur, in order, in any case. A run of letters counts more than single ones, the
/// beginning of a word more than its middle, and a short text more than a long one.
/// </summary>
internal static class FuzzyMatch
{
    private const int Together = 8;
    private const int WordStart = 6;
    private const int Start = 10;
    private const int Whole = 40;

    /// <returns>The larger the better; null where it does not fit.</returns>
    public static int? Score(string letters, string text)
    {
        var wanted = letters.AsSpan().Trim();
        if (wanted.Length == 0)
        {
            return 0;
        }

        if (wanted.Length > text.Length)
        {
            return null;
        }

        // What was typed as one piece beats letters that happen to follow each other.
        var whole = text.AsSpan().IndexOf(wanted, StringComparison.OrdinalIgnoreCase);
        var best = whole < 0 ? null : Walk(wanted, text, whole) + Whole;
        for (var from = 0; from <= text.Length - wanted.Length; from++)
        {
            if (char.ToLowerInvariant(text[from]) == char.ToLowerInvariant(wanted[0]) && Walk(wanted, text, from) is { } score)
            {
                best = Math.Max(best ?? int.MinValue, score);
            }
        }

        return best - (text.Length / 8);
    }

    private static int? Walk(ReadOnlySpan<char> wanted, string text, int from)
    {
        var (score, at, last) = (0, from, -2);
        foreach (var letter in wanted)
        {
            // A space in what was typed parts words; it need not be one in the text.
            if (letter == ' ')
            {
                continue;
            }

            while (at < text.Length && char.ToLowerInvariant(text[at]) != char.ToLowerInvariant(letter))
            {
                at++;
            }

            if (at == text.Length)
            {
                return null;
            }

            score += 1 + (at == last + 1 ? Together : 0) + (at == 0 ? Start : !char.IsLetterOrDigit(text[at - 1]) ? WordStart : 0);
            last = at++;
        }

        return score;
    }
}
