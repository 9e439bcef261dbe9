namespace Nexus.Monitoring.Web.Components.Boards;

/// <summary>A panel, and what it shows.</summary>
/// <param name="Kind">Its name in the catalogue.</param>
/// <param name="Project">Only this project; all when null.</param>
/// <param name="Range">Period, as in a page's address; the panel's own when null.</param>
/// <param name="Query">Only what matches; everything when null.</param>
/// <param name="Choices">What else was chosen, see <see cref="PanelChoices"/>.</param>
internal sealed record PanelQuestion(string Kind, string? Project = null, string? Range = null, string? Query = null, string? Choices = null);
