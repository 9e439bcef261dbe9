using Nexus.Monitoring.Contracts.Query;

namespace Nexus.Monitoring.Contracts.History;

/// <summary>What may be written at a place of a query.</summary>
/// <param name="Start">Index of the first character to replace.</param>
/// <param name="Length">How many characters to replace.</param>
/// <param name="Field">The field whose value is being written; absent where something else is.</param>
/// <param name="Items">The best first.</param>
/// <param name="Error">What is wrong with the query as it is; absent when nothing is.</param>
public sealed record CompletionAnswer(int Start, int Length, string? Field, IReadOnlyList<QuerySuggestion> Items, QueryError? Error);
