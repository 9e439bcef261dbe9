using Nexus.Monitoring.Contracts.Query;

namespace Nexus.Monitoring.Web.Query;

/// <summary>Writes queries for links and quick filters.</summary>
internal static class QueryText
{
    /// <summary><paramref name="field"/> is exactly <paramref name="value"/>.</summary>
    public static string Is(string field, string value) => $"{field}:{Word(value)}";

    /// <summary>All of them; empty ones say nothing.</summary>
    public static string And(params ReadOnlySpan<string?> queries)
    {
        var parts = new List<string>();
        foreach (var query in queries)
        {
            if (!string.IsNullOrWhiteSpace(query))
            {
                parts.Add(query.Trim());
            }
        }

        return parts.Count == 1 ? parts[0] : string.Join(" AND ", parts.Select(InParentheses));
    }

    /// <summary>
    /// What somebody means by words in a search: a query if it reads like one, a worker (<c>w7</c>), a trace id, else a task or run whose
    /// id holds them, or a text.
    /// </summary>
    public static string OfSearch(string words)
    {
        words = words.Trim();
        if (EventQuery.Tokens(words).Any(token => token.Kind == QueryTokenKind.Field && QueryField.TryFind(Piece(words, token), out _))
            && EventQuery.TryParse(words, out _, out _))
        {
            return words;
        }

        if (words.Length > 1 && words[0] is 'w' or 'W' && int.TryParse(words.AsSpan(1), out var worker))
        {
            return $"worker_id:{worker}";
        }

        if (words.Length == 32 && words.All(char.IsAsciiHexDigit))
        {
            return $"trace_id:{words.ToLowerInvariant()}";
        }

        var word = Word(words);
        return words.Contains(' ', StringComparison.Ordinal) ? word : $"task_id:*{word}* OR run_id:*{word}* OR task_type:*{word}* OR {word}";
    }

    /// <summary>A value as a query has it: in quotation marks where it would be read as something else.</summary>
    public static string Word(string text) => QuerySuggestion.Value(text, 0).Text;

    private static string InParentheses(string query) =>
        EventQuery.TryParse(query, out var parsed, out _) && parsed.Root is OrNode ? $"({query})" : query;

    private static string Piece(string text, QueryToken token) => text.Substring(token.Start, token.Length);
}
