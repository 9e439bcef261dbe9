namespace Nexus.Monitoring.Web.Api;

/// <summary>Part of a long list.</summary>
/// <param name="Items">In the order in which they are shown.</param>
/// <param name="Next">Where the part after it begins.</param>
/// <param name="IsLast">Whether there is none after it.</param>
internal sealed record ListPart<TItem, TPlace>(IReadOnlyList<TItem> Items, TPlace Next, bool IsLast);
