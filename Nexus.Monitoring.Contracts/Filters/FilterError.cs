namespace Nexus.Monitoring.Contracts.Filters;

/// <summary>Why a filter was refused.</summary>
/// <param name="Parameter">The parameter; an alias is reported under its full name.</param>
/// <param name="Value">What was given.</param>
/// <param name="Allowed">What is allowed, as the end of a sentence.</param>
public sealed record FilterError(string Parameter, string Value, string Allowed)
{
    private const int LongestQuote = 80;

    /// <summary>One sentence: parameter, value, what is allowed.</summary>
    public override string ToString() =>
        $"{Parameter} is '{(Value.Length > LongestQuote ? string.Concat(Value.AsSpan(0, LongestQuote), "…") : Value)}'; {Allowed}.";
}
