namespace Nexus.Monitoring.Contracts.Query;

/// <summary>Recursive descent over the grammar below; goes down at most <see cref="EventQuery.MaxDepth"/>.</summary>
/// <remarks>
/// <code>
/// query   = [ or ]
/// or      = and { "OR" and }
/// and     = not { [ "AND" ] not }
/// not     = { "NOT" | "-" } primary
/// primary = "(" or ")" | field ":" test | pattern
/// test    = "(" item { ( "OR" | "," ) item } ")" | range | [ "&lt;" | "&lt;=" | "&gt;" | "&gt;=" | "=" ] value | pattern
/// range   = "[" value "TO" value "]" | value ".." value
/// pattern = { word | quoted | "*" }
/// </code>
/// </remarks>
internal sealed class QueryParser(string text)
{
    private const string TermExpected = "a field such as event_type:task_failed, text, NOT or '('";

    private readonly QueryReader _reader = new(text);
    private int _depth;
    private int _tests;

    public QueryNode? Parse()
    {
        if (text.Length > EventQuery.MaxLength)
        {
            throw QueryReader.Error(
                EventQuery.MaxLength, text.Length - EventQuery.MaxLength,
                $"the query has {text.Length} characters", $"at most {EventQuery.MaxLength}");
        }

        CheckCharacters();
        _reader.SkipSpace();
        if (_reader.IsAtEnd)
        {
            return null;
        }

        var root = ParseOr();
        return _reader.IsAtEnd ? root : throw _reader.Unexpected("AND, OR, another term or the end of the query");
    }

    private QueryNode ParseOr()
    {
        List<QueryNode> parts = [ParseAnd()];
        while (_reader.TryTakeWord("OR"))
        {
            _reader.SkipSpace();
            parts.Add(ParseAnd());
        }

        return parts.Count == 1 ? parts[0] : new OrNode(parts);
    }

    private QueryNode ParseAnd()
    {
        List<QueryNode> parts = [ParseNot()];
        while (!_reader.IsAtEnd && _reader.Next != ')' && !_reader.IsNextWord("OR"))
        {
            if (_reader.TryTakeWord("AND"))
            {
                _reader.SkipSpace();
            }

            parts.Add(ParseNot());
        }

        return parts.Count == 1 ? parts[0] : new AndNode(parts);
    }

    private QueryNode ParseNot()
    {
        var start = _reader.Position;
        if (!_reader.TryTakeWord("NOT") && !_reader.TryTake('-'))
        {
            return ParsePrimary();
        }

        _reader.SkipSpace();
        Enter(start);
        var part = ParseNot();
        _depth--;
        return new NotNode(part);
    }

    private QueryNode ParsePrimary()
    {
        var start = _reader.Position;
        if (_reader.IsNextWord("AND") || _reader.IsNextWord("OR") || _reader.IsAtEnd)
        {
            throw _reader.Unexpected(TermExpected);
        }

        if (_reader.TryTake('('))
        {
            Enter(start);
            _reader.SkipSpace();
            var inner = ParseOr();
            if (!_reader.TryTake(')'))
            {
                throw _reader.Unexpected($"')' for the '(' at column {start + 1}", ")");
            }

            _depth--;
            _reader.SkipSpace();
            return inner;
        }

        var node = ParseTerm(start);
        _reader.SkipSpace();
        return node;
    }

    private QueryNode ParseTerm(int start)
    {
        CountTest(start);
        var word = _reader.TakeWord(static c => QueryReader.IsWordCharacter(c) && c != ':');
        if (word.Length > 0 && _reader.TryTake(':'))
        {
            var field = FindField(word, start);
            return new FieldNode(field, new FieldTestParser(_reader, field, CountTest).Parse());
        }

        var pieces = new List<string> { word };
        FieldTestParser.TakePieces(_reader, pieces, static c => QueryReader.IsWordCharacter(c) && c != ':');
        return FieldTestParser.Within(pieces) is { } pattern ? new TextNode(pattern)
            : _reader.Position > start ? throw QueryReader.Error(start, _reader.Position - start, "'*' alone asks for nothing",
                TermExpected)
            : throw _reader.Unexpected(TermExpected);
    }

    private static QueryField FindField(string name, int start)
    {
        if (QueryField.TryFind(name, out var field))
        {
            return field;
        }

        var near = QueryField.All.Select(known => known.Name).MinBy(known => Distance(known, name))!;
        var isNear = Distance(near, name) <= 3;
        throw QueryReader.Error(
            start, name.Length, $"'{QueryReader.Quote(name)}' is no field",
            $"{(isNear ? $"{near}, or " : "")}one of {string.Join(", ", QueryField.All)}, meta.…, counts.…, queue.…; text with a colon needs quotation marks",
            isNear ? near : null);
    }

    /// <summary>How many letters to change, add or leave out.</summary>
    private static int Distance(string left, string right)
    {
        if (Math.Abs(left.Length - right.Length) > 3)
        {
            return int.MaxValue;
        }

        var row = Enumerable.Range(0, right.Length + 1).ToArray();
        for (var i = 1; i <= left.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= right.Length; j++)
            {
                var change = diagonal + (left[i - 1] == right[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(change, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[^1];
    }

    private void Enter(int start)
    {
        if (++_depth > EventQuery.MaxDepth)
        {
            throw QueryReader.Error(start, 1, "the query is nested too deeply",
                $"at most {EventQuery.MaxDepth} levels of parentheses and negations");
        }
    }

    private void CountTest(int start)
    {
        if (++_tests > EventQuery.MaxTests)
        {
            throw QueryReader.Error(start, 1, "the query has too many tests", $"at most {EventQuery.MaxTests}");
        }
    }

    /// <summary>A lone half of a surrogate pair is no character, and a control character is none that anybody typed.</summary>
    private void CheckCharacters()
    {
        for (var i = 0; i < text.Length; i++)
        {
            var isPair = char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]);
            if ((char.IsControl(text[i]) && !char.IsWhiteSpace(text[i])) || (char.IsSurrogate(text[i]) && !isPair))
            {
                throw QueryReader.Error(i, 1, $"the character U+{(int)text[i]:X4} cannot stand in a query", "printable text");
            }

            i += isPair ? 1 : 0;
        }
    }
}
