namespace Nexus.Monitoring.Web.Query;

/// <summary>Something that can be put into a query.</summary>
/// <param name="Text">What is shown.</param>
/// <param name="Insert">What is put in.</param>
/// <param name="Kind">What it is, as a class: <c>field</c>, <c>value</c> or <c>keyword</c>.</param>
/// <param name="Detail">What it means, in a few words.</param>
/// <param name="Count">Events that have it, where they were counted.</param>
public sealed record QueryChoice(string Text, string Insert, string Kind, string? Detail = null, long? Count = null)
{
    /// <summary>Of a status, its silhouette.</summary>
    public string? Glyph { get; init; }
}
