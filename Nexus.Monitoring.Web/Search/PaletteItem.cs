namespace Nexus.Monitoring.Web.Search;

/// <summary>One thing the palette offers: a place to go or something to do.</summary>
/// <param name="Group">What it is: "Page", "Run".</param>
/// <param name="Text">What is matched and shown.</param>
/// <param name="Detail">More about it, matched too, shown smaller.</param>
/// <param name="Icon">Its icon.</param>
/// <param name="Address">Where it leads; null for a command.</param>
/// <param name="Command">What the browser does (palette.js); null for a place.</param>
/// <param name="Keys">The keys that do the same.</param>
internal sealed record PaletteItem(
    string Group, string Text, string Icon, string? Address = null, string? Detail = null, string? Command = null, string? Keys = null);
