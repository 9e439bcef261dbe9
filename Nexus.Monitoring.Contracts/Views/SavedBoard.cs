namespace Nexus.Monitoring.Contracts.Views;

/// <summary>Panels that somebody put together.</summary>
public sealed record SavedBoard : SharedDocument
{
    /// <summary>In the order in which they stand, row by row; at most 40.</summary>
    public IReadOnlyList<BoardPanel> Panels { get; init; } = [];
}
