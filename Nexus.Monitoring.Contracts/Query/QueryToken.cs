namespace Nexus.Monitoring.Contracts.Query;

/// <summary>A piece of a query as it was written.</summary>
/// <param name="Start">Index of its first character.</param>
/// <param name="Length">How many characters it has.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Field">The field that it belongs to, as written; null outside of a test.</param>
public readonly record struct QueryToken(int Start, int Length, QueryTokenKind Kind, string? Field);
