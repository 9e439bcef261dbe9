using System.Diagnostics.CodeAnalysis;
using Nexus.Monitoring.Contracts.Events;

namespace Nexus.Monitoring.Contracts.Query;

/// <summary>
/// A question about events in the query language: <c>event_type:task_failed AND duration_ms:&gt;2s timeout</c>. Parsed once, asked
/// anywhere; immutable, thus thread-safe. Equal when it means the same in the same order, whichever way it was written.
/// </summary>
public sealed class EventQuery : IEquatable<EventQuery>
{
    /// <summary>Longest query in characters.</summary>
    public const int MaxLength = 4096;

    /// <summary>Deepest nesting of parentheses and negations.</summary>
    public const int MaxDepth = 50;

    /// <summary>Most tests in one query; each value of a set is one.</summary>
    public const int MaxTests = 250;

    private readonly string _text;

    /// <param name="root">What to match; null for everything.</param>
    public EventQuery(QueryNode? root)
    {
        Root = root;
        _text = root?.ToString() ?? "";
    }

    /// <summary>Matches every event.</summary>
    public static EventQuery All { get; } = new(null);

    /// <summary>What must match; null for everything.</summary>
    public QueryNode? Root { get; }

    /// <summary>Whether every event matches.</summary>
    public bool MatchesAll => Root is null;

    /// <summary>Reads a query. White space alone matches everything.</summary>
    /// <param name="text">At most <see cref="MaxLength"/> characters.</param>
    /// <param name="query">The query, when the answer is true.</param>
    /// <param name="error">Else what is wrong, and where.</param>
    public static bool TryParse(string text, [NotNullWhen(true)] out EventQuery? query, [NotNullWhen(false)] out QueryError? error)
    {
        ArgumentNullException.ThrowIfNull(text);
        query = null;
        error = null;
        try
        {
            query = new QueryParser(text).Parse() is { } root ? new EventQuery(root) : All;
            return true;
        }
        catch (QuerySyntaxException refused)
        {
            error = refused.Error;
            return false;
        }
    }

    /// <summary>The pieces of a query in their order, also of one that is half written or wrong; white space lies between them.</summary>
    /// <param name="text">At most <see cref="MaxLength"/> characters; what is beyond is left out.</param>
    public static IReadOnlyList<QueryToken> Tokens(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return new QueryLexer(text.Length <= MaxLength ? text : text[..MaxLength]).Read();
    }

    /// <summary>Makes a function that tells whether an event matches. It is thread-safe.</summary>
    /// <param name="now">What relative times refer to, once and for all.</param>
    public Func<MonitoringEvent, bool> Compile(DateTimeOffset now)
    {
        var matches = Compile();
        return e => matches(e, now);
    }

    /// <summary>
    /// Makes a function that tells whether an event matches when relative times refer to the moment that is its second argument. A stream
    /// asks each event at the moment it was appended, so the answer is the same at every node and at every replay. It is thread-safe.
    /// </summary>
    public Func<MonitoringEvent, DateTimeOffset, bool> Compile() => Root is null ? static (_, _) => true : QueryCompiler.Compile(Root);

    /// <summary>Values one of which a field must have for an event to match; empty when the query does not say so.</summary>
    /// <param name="field">The name of a field that is compared exactly, such as <c>event_type</c>.</param>
    public IReadOnlyList<string> RequiredValues(string field) => Required(Root, field) ?? [];

    /// <inheritdoc/>
    public bool Equals(EventQuery? other) => other is not null && _text == other._text;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as EventQuery);

    /// <inheritdoc/>
    public override int GetHashCode() => _text.GetHashCode(StringComparison.Ordinal);

    /// <summary>The query in one spelling, whichever it was written in.</summary>
    public override string ToString() => _text;

    private static IReadOnlyList<string>? Required(QueryNode? node, string field) => node switch
    {
        AndNode and => and.Parts.Select(part => Required(part, field)).FirstOrDefault(values => values is not null),
        FieldNode { Field: { Kind: QueryFieldKind.Keyword } asked, Test: EqualTest { Value: TextValue value } } when asked.Name == field =>
            [value.Text],
        FieldNode { Field: { Kind: QueryFieldKind.Keyword } asked, Test: AnyOfTest any }
            when asked.Name == field && any.Tests.All(test => test is EqualTest) =>
            [.. any.Tests.Select(test => ((TextValue)((EqualTest)test).Value).Text).Distinct(StringComparer.Ordinal)],
        _ => null,
    };
}
