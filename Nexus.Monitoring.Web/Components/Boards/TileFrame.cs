using Microsoft.AspNetCore.Components;

namespace Nexus.Monitoring.Web.Components.Boards;

/// <summary>What the tile of a board adds to the head of the panel in it.</summary>
public sealed record TileFrame(RenderFragment? Tools);
