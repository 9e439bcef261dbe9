using Nexus.Monitoring.Contracts.Log;

namespace Nexus.Monitoring.Api.Http.Lists;

/// <summary>Part of a list.</summary>
/// <param name="Items">The entries.</param>
/// <param name="Next">Give it as <c>cursor</c> for the next part; absent at the end.</param>
/// <param name="Position">The state holds everything up to here; subscribe with this cursor to follow what changes.</param>
internal sealed record ListPage<T>(IReadOnlyList<T> Items, string? Next, LogPosition Position);
