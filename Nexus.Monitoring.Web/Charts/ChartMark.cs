namespace Nexus.Monitoring.Web.Charts;

/// <summary>Something that happened and explains the curve: a dashed line with a word.</summary>
public sealed record ChartMark(DateTimeOffset Time, string Label, string Colour);
