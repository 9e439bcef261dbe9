namespace Nexus.Monitoring.Contracts.Query;

/// <summary>
/// Cuts a query into pieces without judging it, so that one that is half written can be coloured and completed too. What the parser takes, it
/// cuts the same way. Not thread-safe.
/// </summary>
internal sealed class QueryLexer(string text)
{
    private static readonly string[] Keywords = ["AND", "OR", "NOT"];

    private readonly List<QueryToken> _tokens = [];
    private int _position;

    /// <summary>Whether a set <c>(…)</c> or a range <c>[…]</c> of the field is open, in which spaces do not end the test.</summary>
    private bool _isOpen;

    /// <summary>The field whose value comes next or is being written; null where a term does.</summary>
    public string? Field { get; private set; }

    public IReadOnlyList<QueryToken> Read()
    {
        while (_position < text.Length)
        {
            var c = text[_position];
            if (char.IsWhiteSpace(c))
            {
                Field = _isOpen ? Field : null;
                _position++;
            }
            else if (c == '"')
            {
                Add(QuotedLength(), Field is null ? QueryTokenKind.Text : QueryTokenKind.Value);
            }
            else if (c is '(' or ')')
            {
                ReadParenthesis(c);
            }
            else if (c is '[' or ']' or ',' || (Field is not null && c is '<' or '>' or '='))
            {
                ReadOperator(c);
            }
            else
            {
                ReadWord();
            }
        }

        return _tokens;
    }

    private void ReadParenthesis(char c)
    {
        // Right after the colon it opens a set; any other is around terms.
        var opens = c == '(' && Field is not null && !_isOpen && text[_position - 1] == ':';
        Field = opens || (c == ')' && _isOpen) ? Field : null;
        Add(1, QueryTokenKind.Parenthesis);
        (_isOpen, Field) = (opens, opens ? Field : null);
    }

    private void ReadOperator(char c)
    {
        var length = c is '<' or '>' && _position + 1 < text.Length && text[_position + 1] == '=' ? 2 : 1;
        Add(length, QueryTokenKind.Operator);
        _isOpen = c == '[' && Field is not null ? true : c != ']' && _isOpen;
        Field = c == ']' ? null : Field;
    }

    private void ReadWord()
    {
        var start = _position;
        if (text[start] == '-' && Field is null && IsTermStart(start))
        {
            Add(1, QueryTokenKind.Keyword);
            return;
        }

        var end = start;
        while (end < text.Length && (QueryReader.IsWordCharacter(text[end]) || text[end] == '*') && (Field is not null || text[end] != ':'))
        {
            end++;
        }

        var word = text[start..end];
        if (Field is null && end > start && end < text.Length && text[end] == ':' && !word.Contains('*', StringComparison.Ordinal))
        {
            Field = word;
            Add(end - start, QueryTokenKind.Field);
            Add(1, QueryTokenKind.Operator);
            return;
        }

        var isKeyword = _isOpen ? word is "OR" or "TO" : Field is null && Keywords.Contains(word);
        Add(Math.Max(1, end - start), isKeyword ? QueryTokenKind.Keyword : Field is null ? QueryTokenKind.Text : QueryTokenKind.Value);
    }

    private bool IsTermStart(int index) => index == 0 || char.IsWhiteSpace(text[index - 1]) || text[index - 1] is '(' or '-';

    private int QuotedLength()
    {
        var end = _position + 1;
        while (end < text.Length && text[end] != '"')
        {
            end += text[end] == '\\' ? 2 : 1;
        }

        return Math.Min(end + 1, text.Length) - _position;
    }

    private void Add(int length, QueryTokenKind kind)
    {
        _tokens.Add(new QueryToken(_position, length, kind, Field));
        _position += length;
    }
}
