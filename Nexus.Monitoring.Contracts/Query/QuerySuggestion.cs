namespace Nexus.Monitoring.Contracts.Query;

/// <summary>Something that may stand at a place of a query.</summary>
/// <param name="Text">What to write there, with quotation marks where they are needed.</param>
/// <param name="Kind"><c>field</c>, <c>keyword</c> or <c>value</c>.</param>
/// <param name="Detail">What it means, for people; null when it speaks for itself.</param>
/// <param name="Count">Of a value, how many of the events that were looked at have it; null when none was looked at.</param>
public sealed record QuerySuggestion(string Text, string Kind, string? Detail = null, long? Count = null)
{
    /// <summary>Value of <see cref="Kind"/>: a name before a colon.</summary>
    public const string OfField = "field";

    /// <summary>Value of <see cref="Kind"/>: an operator between terms.</summary>
    public const string OfKeyword = "keyword";

    /// <summary>Value of <see cref="Kind"/>: what a field is compared with.</summary>
    public const string OfValue = "value";

    /// <summary>A value that events have, spelled as a query needs it.</summary>
    public static QuerySuggestion Value(string value, long count) => new(QueryPrinter.Word(value), OfValue, Count: count);
}
