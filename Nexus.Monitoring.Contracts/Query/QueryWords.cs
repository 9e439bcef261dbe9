using Nexus.Monitoring.Contracts.Events;

namespace Nexus.Monitoring.Contracts.Query;

/// <summary>What the language itself has to offer to somebody who writes a query.</summary>
internal static class QueryWords
{
    public static IReadOnlyList<QuerySuggestion> Fields { get; } =
    [
        .. QueryField.All.Select(field => new QuerySuggestion(field.Name + ":", QuerySuggestion.OfField, Meaning(field))),
        new("meta.", QuerySuggestion.OfField, "a value that the producer added"),
        new("counts.", QuerySuggestion.OfField, "a number of a phase"),
        new("queue.", QuerySuggestion.OfField, "tasks that wait, by queue"),
    ];

    /// <summary>May begin a query.</summary>
    public static IReadOnlyList<QuerySuggestion> Openers { get; } = [Keyword("NOT", "does not match")];

    public static IReadOnlyList<QuerySuggestion> Keywords { get; } =
        [Keyword("AND", "both match; the same as a space"), Keyword("OR", "one of the two matches"), .. Openers];

    public static IReadOnlyList<QuerySuggestion> ValuesOf(QueryField field) => field switch
    {
        { Name: "event_type" } => Values(EventTypes.All),
        { Name: "status" } => Values(EventStatuses.All),
        { Kind: QueryFieldKind.Time } =>
        [
            Value(">-15m", "in the last 15 minutes"), Value(">-1h", "in the last hour"), Value(">-1d", "in the last day"),
            Value("[-2h TO -1h]", "in the hour before the last"),
        ],
        { Kind: QueryFieldKind.Duration } =>
            [Value(">1s", "longer than a second"), Value(">1m", "longer than a minute"), Value("[100 TO 2s]", "100 ms to 2 s")],
        { Name: "retry_count" } => [Value(">0", "was tried again"), Value("0", "the first attempt")],
        { Kind: QueryFieldKind.Text } => [Value("*", "has one")],
        _ => [],
    };

    private static string Meaning(QueryField field) => field.Kind switch
    {
        QueryFieldKind.Text => "text, upper and lower case alike",
        QueryFieldKind.Number => "a whole number: 3, >3, [1 TO 3]",
        QueryFieldKind.Duration => "milliseconds, or 2s, 1.5m",
        QueryFieldKind.Time => "the producer's time: >-15m",
        _ => field.Name switch
        {
            "run_id" => "the run that an event speaks of",
            "source" => "the process that emitted it",
            _ => "exactly this, or with *",
        },
    };

    private static QuerySuggestion[] Values(IEnumerable<string> values) => [.. values.Select(value => Value(value, null))];

    private static QuerySuggestion Value(string text, string? detail) => new(text, QuerySuggestion.OfValue, detail);

    private static QuerySuggestion Keyword(string text, string detail) => new(text, QuerySuggestion.OfKeyword, detail);
}
