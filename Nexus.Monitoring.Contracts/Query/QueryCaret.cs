namespace Nexus.Monitoring.Contracts.Query;

/// <summary>Where in a query somebody writes, and what a completion has to replace.</summary>
/// <param name="Start">Index of the first character to replace.</param>
/// <param name="Length">How many characters to replace; up to the end of the word that the caret is in.</param>
/// <param name="Prefix">What is written of it before the caret, without quotation marks.</param>
/// <param name="Field">The field whose value is being written; null where a field, a text or an operator is.</param>
public sealed record QueryCaret(int Start, int Length, string Prefix, QueryField? Field)
{
    /// <summary>Finds out what is being written at an index of a query, which may be half written and wrong.</summary>
    /// <param name="query">The query.</param>
    /// <param name="caret">0 to its length; one beyond counts as its end.</param>
    public static QueryCaret At(string query, int caret)
    {
        ArgumentNullException.ThrowIfNull(query);
        caret = Math.Clamp(caret, 0, query.Length);
        var lexer = new QueryLexer(query[..caret]);
        var tokens = lexer.Read();
        var isWord = tokens is [.., var word] && word.Start + word.Length == caret
            && word.Kind is QueryTokenKind.Text or QueryTokenKind.Value or QueryTokenKind.Keyword && query[word.Start] != '-';
        var start = isWord ? tokens[^1].Start : caret;
        var end = EndOf(query, start, caret);
        QueryField? field = null;
        var isValue = lexer.Field is not null && QueryField.TryFind(lexer.Field, out field);
        return new QueryCaret(start, end - start, Unquote(query[start..caret]), isValue ? field : null);
    }

    /// <summary>Fields and operators that may stand here; for a value, what values of this kind look like. Without a look at any event.</summary>
    /// <returns>The best first; at most about thirty.</returns>
    public IReadOnlyList<QuerySuggestion> Words()
    {
        if (Field is { } field)
        {
            return [.. QueryWords.ValuesOf(field).Where(one => one.Text.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase))];
        }

        var all = QueryWords.Fields.Concat(Start == 0 ? QueryWords.Openers : QueryWords.Keywords);
        return
        [
            .. all.Where(one => one.Text.Contains(Prefix, StringComparison.OrdinalIgnoreCase))
                .OrderByDescending(one => one.Text.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase)),
        ];
    }

    private static int EndOf(string query, int start, int caret)
    {
        var whole = new QueryLexer(query).Read().FirstOrDefault(token => token.Start == start);
        return Math.Max(caret, whole.Kind is QueryTokenKind.Operator or QueryTokenKind.Parenthesis ? start : whole.Start + whole.Length);
    }

    private static string Unquote(string word) => word.StartsWith('"')
        ? word.Trim('"').Replace("\\\"", "\"", StringComparison.Ordinal).Replace("\\\\", "\\", StringComparison.Ordinal)
        : word;
}
