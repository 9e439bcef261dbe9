namespace Nexus.Monitoring.Web.Charts;

/// <param name="Name">As on the wire: it is what one types into a filter.</param>
/// <param name="Colour">A token, <c>--nx-cat-4</c>.</param>
public sealed record ChartSeries(string Name, string Colour);
