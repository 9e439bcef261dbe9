namespace Nexus.Monitoring.Contracts.Views;

/// <summary>One panel on a board, and what it is asked for.</summary>
public sealed record BoardPanel
{
    /// <summary>As the id of a document; unique on its board.</summary>
    public required string Id { get; init; }

    /// <summary>Which panel, by the dashboard's name for it, such as <c>queue-depth</c>; one that a dashboard does not know is shown as unknown.</summary>
    public required string Kind { get; init; }

    /// <summary>Columns it takes, 3 to 12 of 12.</summary>
    public int Width { get; init; } = 6;

    /// <summary>Only this project; all when absent. At most 256 characters.</summary>
    public string? Project { get; init; }

    /// <summary>Period, as in a page's address: <c>15m</c>, <c>6h</c>. At most 32 characters.</summary>
    public string? Range { get; init; }

    /// <summary>Only what matches, in the <see cref="Query.EventQuery">query language</see>. At most 1 000 characters.</summary>
    public string? Query { get; init; }

    /// <summary>
    /// What else was chosen when it was pinned, as parameters of an address: <c>by=worker&amp;type=search</c>. What a dashboard does not know of it is left out.
    /// At most 1 000 characters.
    /// </summary>
    public string? Choices { get; init; }
}
