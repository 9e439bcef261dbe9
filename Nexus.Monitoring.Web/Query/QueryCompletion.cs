using Nexus.Monitoring.Contracts.Query;
using Nexus.Monitoring.Web.Board;

namespace Nexus.Monitoring.Web.Query;

/// <summary>What can be written where the caret is: fields and operators from the language, values as they were counted.</summary>
internal sealed class QueryCompletion(IFieldValues values)
{
    private const int Most = 14;

    /// <summary>Fields by how often they are asked for.</summary>
    private static readonly string[] Usual =
        ["event_type:", "status:", "project_id:", "task_type:", "phase:", "run_id:", "task_id:", "worker_id:", "error:", "message:", "duration_ms:", "ts:"];

    /// <summary>Null where there is nothing to offer.</summary>
    public async ValueTask<QueryChoices?> AtAsync(string text, int caret, string? project, CancellationToken cancellationToken)
    {
        var place = QueryCaret.At(text, caret);
        var choices = place.Field is { } field
            ? await ValuesAsync(text, place, field, project, cancellationToken)
            : Terms(text, place);
        return choices.Choices is [] || IsWritten(text, place, choices.Choices) ? null : choices;
    }

    /// <summary>The only choice stands there already.</summary>
    private static bool IsWritten(string text, QueryCaret place, IReadOnlyList<QueryChoice> choices) =>
        choices is [var only] && text.AsSpan(place.Start, place.Length).SequenceEqual(only.Text);

    private QueryChoices Terms(string text, QueryCaret place)
    {
        var isAfterTerm = place.Prefix.Length == 0 && text.AsSpan(0, place.Start).TrimEnd() is [.., not '(' and not '-'] before && !EndsWithJoin(before);
        var hasColon = place.Start + place.Length < text.Length && text[place.Start + place.Length] == ':';
        var paths = values.Paths().Select(path => $"{path}:").Where(path => path.Contains(place.Prefix, StringComparison.OrdinalIgnoreCase));
        var words = place.Words()
            .Where(word => word.Kind == QuerySuggestion.OfField || isAfterTerm || place.Prefix.Length > 0)
            .Concat(place.Prefix.Length > 0 ? paths.Select(path => new QuerySuggestion(path, QuerySuggestion.OfField)) : [])
            .DistinctBy(word => word.Text)
            .OrderBy(word => Rank(word, place, isAfterTerm))
            .Take(Most)
            .Select(word => new QueryChoice(word.Text, Insert(word, hasColon), word.Kind, word.Detail));
        return new QueryChoices(place.Start, place.Length, isAfterTerm ? "and then" : "a field, or text to look for", [.. words]);
    }

    private static int Rank(QuerySuggestion word, QueryCaret place, bool isAfterTerm) =>
        word.Kind == QuerySuggestion.OfKeyword && isAfterTerm ? -1
        : place.Prefix.Length > 0 && !word.Text.StartsWith(place.Prefix, StringComparison.OrdinalIgnoreCase) ? 1_000
        : Array.IndexOf(Usual, word.Text) is >= 0 and var rank ? rank
        : 100;

    private static bool EndsWithJoin(ReadOnlySpan<char> before) => before.EndsWith("AND") || before.EndsWith("OR") || before.EndsWith("NOT");

    private static string Insert(QuerySuggestion word, bool hasColon) => word.Kind switch
    {
        QuerySuggestion.OfField => hasColon ? word.Text.TrimEnd(':') : word.Text,
        _ => $"{word.Text} ",
    };

    private async ValueTask<QueryChoices> ValuesAsync(
        string text, QueryCaret place, QueryField field, string? project, CancellationToken cancellationToken)
    {
        var space = IsInGroup(text, place.Start) ? "" : " ";
        var title = field.Name;
        List<QueryChoice> choices = [];
        if (field.Kind is QueryFieldKind.Keyword or QueryFieldKind.Number or QueryFieldKind.Json)
        {
            var (counted, among) = await values.CountAsync(field, place.Prefix, project, cancellationToken);
            title = counted.Count > 0 ? $"{field.Name} · counts {among}" : field.Name;
            choices.AddRange(counted.Take(Most).Select(count => Value(field, QuerySuggestion.Value(count.Value, count.Count), count.Value, space)));
        }

        choices.AddRange(place.Words().Select(word => Value(field, word, word.Text, space)));
        return new QueryChoices(place.Start, place.Length, title, [.. choices.DistinctBy(choice => choice.Text).Take(Most)]);
    }

    private static QueryChoice Value(QueryField field, QuerySuggestion word, string value, string space) =>
        new(word.Text, word.Text + space, word.Kind, word.Detail, word.Count)
        {
            Glyph = field.Name switch
            {
                "status" => StatusNames.Parse(value).Name(),
                "event_type" => StatusNames.OfEvent(value).Name(),
                _ => null,
            },
        };

    /// <summary>Whether a set or range of the field is open: after a value comes OR, TO or its end.</summary>
    private static bool IsInGroup(string text, int at)
    {
        var isOpen = false;
        foreach (var token in EventQuery.Tokens(text).TakeWhile(token => token.Start < at))
        {
            isOpen = text[token.Start] switch
            {
                '(' or '[' => token.Field is not null,
                ')' or ']' => false,
                _ => isOpen,
            };
        }

        return isOpen;
    }
}
