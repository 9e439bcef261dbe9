using Nexus.Monitoring.Contracts.Log;

namespace Nexus.Monitoring.Contracts.History;

/// <summary>Part of a list of tasks.</summary>
/// <param name="Items">The tasks.</param>
/// <param name="Next">Give it as <c>cursor</c> for the next part; absent at the end.</param>
/// <param name="Previous">Give it as <c>cursor</c> with the opposite <c>order</c> for what is before the first item; absent when there is no item.</param>
/// <param name="Position">The live state held everything up to here; subscribe with this cursor to follow what changes.</param>
/// <param name="Total">How many tasks the whole list has, counted for its first part.</param>
/// <param name="Problem">Why tasks that ended are missing, as a sentence; absent when none are.</param>
public sealed record TaskPage(IReadOnlyList<TaskRow> Items, string? Next, string? Previous, LogPosition Position, long Total, string? Problem);
