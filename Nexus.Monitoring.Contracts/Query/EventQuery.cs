using System.Diagnostics.CodeAnalysis;
using Nexus.Monitoring.Contracts.Events;

namespace Nexus.Monitoring.Contracts.Query;

/// <summary>
/// A question about events in the query language: <c>event_type:task_failed AND duration_ms:&gt;2s timeout</c>. Parsed once, asked
/// anywhere;
/// immutable, thus thread-safe.
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
            query = new EventQuery(new QueryParser(text).Parse());
            return true;
        }
        catch (QuerySyntaxException refused)
        {
            error = refused.Error;
            return false;
        }
    }

    /// <summary>Makes a function that tells whether an event matches. It is thread-safe.</summary>
    /// <param name="now">What relative times refer to, once and for all.</param>
    public Func<MonitoringEvent, bool> Compile(DateTimeOffset now) => Root is null ? static _ => true : QueryCompiler.Compile(Root, now);

    /// <inheritdoc/>
    public bool Equals(EventQuery? other) => other is not null && _text == other._text;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as EventQuery);

    /// <inheritdoc/>
    public override int GetHashCode() => _text.GetHashCode(StringComparison.Ordinal);

    /// <summary>The query in one spelling, whichever it was written in.</summary>
    public override string ToString() => _text;
}
