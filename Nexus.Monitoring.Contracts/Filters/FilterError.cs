using Nexus.Monitoring.Contracts.Query;

namespace Nexus.Monitoring.Contracts.Filters;

/// <summary>Why a filter was refused.</summary>
/// <param name="Parameter">The parameter; an alias is reported under its full name.</param>
/// <param name="Value">What was given.</param>
/// <param name="Allowed">What is allowed, as the end of a sentence.</param>
public sealed record FilterError(string Parameter, string Value, string Allowed)
{
    private const int LongestQuote = 80;

    /// <summary>Where in a query the mistake is; null when another parameter is wrong.</summary>
    public QueryError? InQuery { get; init; }

    /// <summary>One sentence: parameter, value, what is allowed; of a query, where in it and what was expected there.</summary>
    public override string ToString() => InQuery is { } error ? $"{Parameter}: {error}"
        : $"{Parameter} is '{(Value.Length > LongestQuote ? string.Concat(Value.AsSpan(0, LongestQuote), "…") : Value)}'; {Allowed}.";
}
