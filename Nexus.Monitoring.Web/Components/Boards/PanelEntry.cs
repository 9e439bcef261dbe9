namespace Nexus.Monitoring.Web.Components.Boards;

/// <summary>A panel that may stand on a board.</summary>
/// <param name="Kind">Its name in stored boards: never changes.</param>
/// <param name="Title">For people.</param>
/// <param name="Component">Self-contained; of its parameters those named Project, Range and Query are set.</param>
/// <param name="Width">Columns it begins with.</param>
internal sealed record PanelEntry(string Kind, string Title, Type Component, int Width)
{
    /// <summary>What tells it from other entries of the same component.</summary>
    public IReadOnlyDictionary<string, object> Fixed { get; init; } = new Dictionary<string, object>();
}
