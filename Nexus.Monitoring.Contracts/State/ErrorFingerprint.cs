using System.Buffers;
using System.Globalization;
using System.Text;

namespace Nexus.Monitoring.Contracts.State;

/// <summary>
/// Makes failures comparable: of the first line, at most <see cref="MaxLength"/> characters, with every number replaced by <c>‹n›</c> and
/// every id (8 or more hex digits and dashes, a digit among them) by <c>‹id›</c>. The status code of an HTTP answer stays: 404 and 503 have
/// different causes.
/// </summary>
public static class ErrorFingerprint
{
    /// <summary>Longest title in characters.</summary>
    public const int MaxLength = 200;

    private const ulong OffsetBasis = 14695981039346656037;
    private const ulong Prime = 1099511628211;
    private const int ShortestId = 8;

    private static readonly SearchValues<char> LineEnds = SearchValues.Create("\r\n");

    /// <summary>The text that all failures of the group share.</summary>
    public static string Title(string error)
    {
        ArgumentNullException.ThrowIfNull(error);
        var line = error.AsSpan().TrimStart();
        var end = line.IndexOfAny(LineEnds);
        line = end < 0 ? line : line[..end];
        var title = new StringBuilder(Math.Min(line.Length, MaxLength));
        for (var i = 0; i < line.Length && title.Length < MaxLength;)
        {
            var word = i > 0 && char.IsAsciiLetterOrDigit(line[i - 1]) ? 0 : IdLength(line[i..]);
            var number = word > 0 ? 0 : NumberLength(line[i..]);
            title.Append(word > 0 ? "‹id›" : number == 0 ? line.Slice(i, 1) : IsStatusCode(line, i, number) ? line.Slice(i, number) : "‹n›");
            i += Math.Max(1, Math.Max(word, number));
        }

        return title.ToString();
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

    /// <summary>Three digits after <c>HTTP</c> (with or without its version), <c>status</c>, <c>status code</c> or <c>response</c>.</summary>
    private static bool IsStatusCode(ReadOnlySpan<char> line, int start, int length)
    {
        if (length != 3 || line[start] is < '1' or > '5' || line.Slice(start, length).ContainsAny('.', ','))
        {
            return false;
        }

        var before = line[..start].TrimEnd(" :=(");
        return before.TrimEnd("0123456789.").TrimEnd('/').EndsWith("http", StringComparison.OrdinalIgnoreCase)
            || before.EndsWith("status", StringComparison.OrdinalIgnoreCase)
            || before.EndsWith("status code", StringComparison.OrdinalIgnoreCase)
            || before.EndsWith("status_code", StringComparison.OrdinalIgnoreCase)
            || before.EndsWith("response", StringComparison.OrdinalIgnoreCase);
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
