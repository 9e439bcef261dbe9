namespace Nexus.Monitoring.Web.Components.Boards;

/// <summary>A panel that may stand on a board.</summary>
/// <param name="Kind">Its name in stored boards: never changes.</param>
/// <param name="Title">For people.</param>
/// <param name="Component">Self-contained; of its parameters those named Project, Range and Query are set, and those that <see cref="PanelChoices"/> names.</param>
/// <param name="Width">Columns it begins with.</param>
internal sealed record PanelEntry(string Kind, string Title, Type Component, int Width)
{
    /// <summary>What tells it from other entries of the same component.</summary>
    public IReadOnlyDictionary<string, object> Fixed { get; init; } = new Dictionary<string, object>();

    /// <summary>Whether it can be put on a board without having been pinned: one that is of a certain run cannot.</summary>
    public bool StandsAlone { get; init; } = true;
}
