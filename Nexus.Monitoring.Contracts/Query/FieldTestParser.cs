namespace Nexus.Monitoring.Contracts.Query;

/// <summary>Reads what stands after <c>field:</c>.</summary>
internal sealed class FieldTestParser(QueryReader reader, QueryField asked, Action<int> countTest)
{
    private static readonly (string Text, ComparisonOperator Operator)[] Comparisons =
    [
        ("<=", ComparisonOperator.AtMost), (">=", ComparisonOperator.AtLeast), ("<", ComparisonOperator.Less),
            (">", ComparisonOperator.Greater),
    ];

    private readonly QueryValueParser _values = new(reader, asked);

    private bool IsOrdered => asked.Kind is not (QueryFieldKind.Keyword or QueryFieldKind.Text);

    public FieldTest Parse()
    {
        if (reader.Next == '(')
        {
            return ParseSet();
        }

        if (reader.Next == '[')
        {
            return ParseRange();
        }

        var start = reader.Position;
        foreach (var (text, comparison) in Comparisons)
        {
            if (reader.TryTake(text))
            {
                CheckOrdered(start, text.Length);
                return new ComparisonTest(comparison, _values.Take());
            }
        }

        return ParseItem(mayBeRange: true);
    }

    /// <summary>Adds what follows the first piece: each <c>*</c> begins another.</summary>
    public static void TakePieces(QueryReader reader, List<string> pieces, Func<char, bool> belongs)
    {
        while (!reader.IsAtEnd)
        {
            if (reader.TryTake('*'))
            {
                pieces.Add("");
            }
            else if (reader.Next == '"')
            {
                pieces[^1] += reader.TakeQuoted();
            }
            else if (reader.TakeWord(belongs) is { Length: > 0 } word)
            {
                pieces[^1] += word;
            }
            else
            {
                break;
            }
        }
    }

    /// <summary>A pattern that is looked for anywhere: what it begins or ends with does not matter. Null when nothing is left.</summary>
    public static QueryPattern? Within(List<string> pieces)
    {
        List<string> told = [.. pieces.Where(piece => piece.Length > 0)];
        return told.Count > 0 ? new QueryPattern(told) : null;
    }

    private FieldTest ParseSet()
    {
        var start = reader.Position;
        reader.TryTake('(');
        if (asked.Kind == QueryFieldKind.Time)
        {
            throw QueryReader.Error(start, 1, $"{asked} is a time", "a comparison such as >-15m, or a range such as [-2h TO -1h]");
        }

        List<FieldTest> tests = [];
        do
        {
            reader.SkipSpace();
            countTest(reader.Position);
            tests.Add(ParseItem(mayBeRange: false));
            reader.SkipSpace();
        }
        while (reader.TryTake(',') || reader.TryTakeWord("OR"));

        return !reader.TryTake(')') ? throw reader.Unexpected($"OR, ',' or ')' for the '(' at column {start + 1}", ")")
            : tests.Count == 1 ? tests[0]
            : new AnyOfTest(tests);
    }

    private RangeTest ParseRange()
    {
        var start = reader.Position;
        reader.TryTake('[');
        CheckOrdered(start, 1);
        reader.SkipSpace();
        var from = _values.Take();
        reader.SkipSpace();
        if (!reader.TryTakeWord("TO"))
        {
            throw reader.Unexpected("TO and the end of the range");
        }

        reader.SkipSpace();
        var to = _values.Take();
        reader.SkipSpace();
        return reader.TryTake(']') ? Range(start, from, to) : throw reader.Unexpected($"']' for the '[' at column {start + 1}", "]");
    }

    private FieldTest ParseItem(bool mayBeRange)
    {
        var start = reader.Position;
        var isExact = reader.TryTake('=');
        var isQuoted = reader.Next == '"';
        List<string> pieces = [""];
        TakePieces(reader, pieces, QueryReader.IsWordCharacter);
        if (reader.Position == start + (isExact ? 1 : 0))
        {
            throw reader.Unexpected(_values.Expected);
        }

        if (pieces.Count > 1 && pieces.TrueForAll(piece => piece.Length == 0) && !isExact)
        {
            return new ExistsTest();
        }

        var word = string.Join('*', pieces);
        if (pieces.Count == 1 && mayBeRange && IsOrdered && !isQuoted && word.IndexOf("..", StringComparison.Ordinal) is >= 0 and var dots)
        {
            return Range(start, _values.Read(word[..dots], start), _values.Read(word[(dots + 2)..], start + dots + 2));
        }

        if (asked.Kind is QueryFieldKind.Keyword or QueryFieldKind.Text or QueryFieldKind.Json && pieces.Count > 1)
        {
            return isExact || asked.Kind == QueryFieldKind.Json
                ? throw QueryReader.Error(start, reader.Position - start, "'*' cannot stand here",
                    "a value; '*' is text in quotation marks")
                : new PatternTest(asked.Kind == QueryFieldKind.Text ? Within(pieces)! : new QueryPattern(Collapse(pieces)));
        }

        if (asked.Kind == QueryFieldKind.Time)
        {
            throw QueryReader.Error(start, reader.Position - start, $"{asked} is a time",
                "a comparison such as >-15m, or a range such as [-2h TO -1h]", TimeValue.TryParse(word, out _) ? $">{word}" : null);
        }

        return asked.Kind == QueryFieldKind.Text && !isExact ? new PatternTest(new QueryPattern([word]))
            : new EqualTest(IsOrdered && asked.Kind != QueryFieldKind.Json ? _values.Read(word, start) : new TextValue(word));
    }

    private RangeTest Range(int start, QueryValue from, QueryValue to) => from is NumberValue least && to is NumberValue most
        && least.Number > most.Number
        ? throw QueryReader.Error(start, reader.Position - start, "the range is empty", "the smaller value first")
        : new RangeTest(from, to);

    /// <summary>Stars beside each other say no more than one.</summary>
    private static string[] Collapse(List<string> pieces) =>
        [pieces[0], .. pieces.Skip(1).SkipLast(1).Where(piece => piece.Length > 0), pieces[^1]];

    private void CheckOrdered(int start, int length)
    {
        if (!IsOrdered)
        {
            throw QueryReader.Error(start, length, $"{asked} is text, which has no order",
                "a value, a pattern with '*' or a set such as (a OR b)");
        }
    }
}
