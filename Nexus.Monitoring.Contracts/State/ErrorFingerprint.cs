using System.Buffers;
using System.Globalization;
using System.Text;

namespace Nexus.Monitoring.Contracts.State;

/// <summary>
/// Makes failures comparable: of the first line, at most <see cref="MaxLength"/> characters, with every number replaced by <c>‹n›</c> and
/// every id (8 or more hex digits and dashes, a digit among them) by <c>‹id›</c>. A number of up to three digits that follows <c>HTTP</c>,
/// <c>status</c> or <c>code</c> stays: a 429 and a 503 are not one failure.
/// </summary>
public static class ErrorFingerprint
{
    /// <summary>Longest title in characters.</summary>
    public const int MaxLength = 200;

    private const ulong OffsetBasis = 14695981039346656037;
    private const ulong Prime = 1099511628211;
    private const int ShortestId = 8;

    private const int LongestCode = 3;

    private static readonly string[] CodeWords = ["http", "status", "code"];
    private static readonly SearchValues<char> NumberCharacters = SearchValues.Create("0123456789.,");
    private static readonly SearchValues<char> LineEnds = SearchValues.Create("\r\n");

    /// <summary>The text that all failures of the group share.</summary>
    public static string Title(string error)
    {
        ArgumentNullException.ThrowIfNull(error);
        var line = error.AsSpan().TrimStart();
        var end = line.IndexOfAny(LineEnds);
        line = end < 0 ? line : line[..end];
        var title = new StringBuilder(Math.Min(line.Length, MaxLength));
        foreach (var (text, isVariable) in Parts(line.ToString()))
        {
            title.Append(!isVariable ? text : text.AsSpan().ContainsAnyExcept(NumberCharacters) ? "‹id›" : "‹n›");
            if (title.Length >= MaxLength)
            {
                title.Length = MaxLength;
                break;
            }
        }

        return title.ToString();
    }

    /// <summary>The whole text in pieces: what varies from one failure to its like, and what stays.</summary>
    public static IEnumerable<(string Text, bool IsVariable)> Parts(string error)
    {
        ArgumentNullException.ThrowIfNull(error);
        return Split(error);
    }

    /// <summary>FNV-1a of <paramref name="title"/>, 16 lower-case hex digits.</summary>
    /// <seealso href="https://www.rfc-editor.org/rfc/rfc9923"/>
    public static string Of(string title)
    {
        ArgumentNullException.ThrowIfNull(title);
        var hash = OffsetBasis;
        foreach (var character in title)
        {
            hash = (hash ^ character) * Prime;
        }

        return hash.ToString("x16", CultureInfo.InvariantCulture);
    }

    private static IEnumerable<(string Text, bool IsVariable)> Split(string error)
    {
        var steady = 0;
        for (var i = 0; i < error.Length;)
        {
            var length = VariableLength(error, i);
            if (length > 0)
            {
                if (i > steady)
                {
                    yield return (error[steady..i], false);
                }

                yield return (error.Substring(i, length), true);
                steady = i + length;
            }

            i += Math.Max(1, length);
        }

        if (steady < error.Length)
        {
            yield return (error[steady..], false);
        }
    }

    private static int VariableLength(ReadOnlySpan<char> error, int at)
    {
        var isInWord = at > 0 && char.IsAsciiLetterOrDigit(error[at - 1]);
        if (!isInWord && IdLength(error[at..]) is > 0 and var id)
        {
            return id;
        }

        // The rest of a code that stays, one digit at a time, is no number of its own
        var isInNumber = at > 0 && char.IsAsciiDigit(error[at - 1]);
        var number = isInNumber ? 0 : NumberLength(error[at..]);
        return number <= LongestCode && FollowsCodeWord(error[..at]) ? 0 : number;
    }

    private static bool FollowsCodeWord(ReadOnlySpan<char> before)
    {
        before = before.TrimEnd(" :=(");
        foreach (var word in CodeWords)
        {
            if (before.EndsWith(word, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    private static int IdLength(ReadOnlySpan<char> text)
    {
        var length = 0;
        var digits = 0;
        var letters = 0;
        while (length < text.Length && (char.IsAsciiHexDigit(text[length]) || (text[length] == '-' && length > 0)))
        {
            digits += char.IsAsciiDigit(text[length]) ? 1 : 0;
            letters += char.IsAsciiLetter(text[length]) ? 1 : 0;
            length++;
        }

        var endsInsideWord = length < text.Length && char.IsAsciiLetterOrDigit(text[length]);
        return length >= ShortestId && digits > 0 && letters > 0 && !endsInsideWord ? length : 0;
    }

    private static int NumberLength(ReadOnlySpan<char> text)
    {
        var length = 0;
        while (length < text.Length
            && (char.IsAsciiDigit(text[length])
                || (length > 0 && text[length] is '.' or ',' && length + 1 < text.Length && char.IsAsciiDigit(text[length + 1]))))
        {
            length++;
        }

        return length;
    }
}
