using System.Text;

namespace Nexus.Monitoring.Contracts.Query;

/// <summary>Reads the words of a query, one after the other. Not thread-safe.</summary>
internal sealed class QueryReader(string text)
{
    private const string Delimiters = "()[]\",*";

    /// <summary>How much of a word an error quotes.</summary>
    private const int LongestQuote = 40;

    /// <summary>Index of the next character.</summary>
    public int Position { get; private set; }

    public bool IsAtEnd => Position >= text.Length;

    /// <summary>The next character; a line break, which no word holds, at the end.</summary>
    public char Next => IsAtEnd ? '\n' : text[Position];

    public static bool IsWordCharacter(char c) => !char.IsWhiteSpace(c) && !char.IsControl(c)
        && !Delimiters.Contains(c, StringComparison.Ordinal);

    public void SkipSpace()
    {
        while (!IsAtEnd && char.IsWhiteSpace(Next))
        {
            Position++;
        }
    }

    public bool TryTake(char c)
    {
        if (IsAtEnd || Next != c)
        {
            return false;
        }

        Position++;
        return true;
    }

    public bool TryTake(string symbol)
    {
        if (string.CompareOrdinal(text, Position, symbol, 0, symbol.Length) != 0)
        {
            return false;
        }

        Position += symbol.Length;
        return true;
    }

    /// <summary>Takes an operator if it comes next as a whole word.</summary>
    public bool TryTakeWord(string word)
    {
        if (!IsNextWord(word))
        {
            return false;
        }

        Position += word.Length;
        return true;
    }

    public bool IsNextWord(string word) =>
        string.CompareOrdinal(text, Position, word, 0, word.Length) == 0
        && (Position + word.Length == text.Length || !(IsWordCharacter(text[Position + word.Length])
            || text[Position + word.Length] is '*'));

    /// <summary>Characters of a word; may be empty.</summary>
    public string TakeWord(Func<char, bool> belongs)
    {
        var start = Position;
        while (!IsAtEnd && belongs(Next))
        {
            Position++;
        }

        return text[start..Position];
    }

    /// <summary>What stands in double quotes, where a backslash takes away the meaning of the character after it.</summary>
    public string TakeQuoted()
    {
        var start = Position++;
        var content = new StringBuilder();
        while (!TryTake('"'))
        {
            TryTake('\\');
            if (IsAtEnd)
            {
                throw Error(start, text.Length - start, "the quotation mark is never closed",
                    "a closing quotation mark at the end of the text", content.Length > 0 ? text[start..] + '"' : null);
            }

            content.Append(text[Position++]);
        }

        return content.Length > 0 ? content.ToString() : throw Error(start, 2, "there is nothing in the quotation marks", "text in them");
    }

    public static QuerySyntaxException Error(int start, int length, string problem, string expected, string? replacement = null) =>
        new(new QueryError(start + 1, Math.Max(1, length), problem, expected) { Replacement = replacement });

    /// <summary>What comes next is not what may come here.</summary>
    /// <param name="expected">What may.</param>
    /// <param name="missing">What could be put at the query's end.</param>
    public QuerySyntaxException Unexpected(string expected, string? missing = null)
    {
        if (IsAtEnd)
        {
            return Error(Position, 1, "the query ends here", expected, missing);
        }

        var end = Position + 1;
        while (end < text.Length && IsWordCharacter(Next) && IsWordCharacter(text[end]))
        {
            end++;
        }

        return Error(Position, end - Position, $"'{Quote(text[Position..end])}' cannot stand here", expected);
    }

    public static string Quote(string word) => word.Length <= LongestQuote ? word : word[..LongestQuote] + "…";
}
