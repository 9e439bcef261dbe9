namespace Nexus.Monitoring.Web.Charts;

/// <summary>A chart at one moment. Points are oldest first and grow at the end; the last one may still change.</summary>
public sealed record ChartModel
{
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(15);

    public required ChartKind Kind { get; init; }

    public required ChartUnit Unit { get; init; }

    public required IReadOnlyList<ChartSeries> Series { get; init; }

    public required IReadOnlyList<ChartPoint> Points { get; init; }

    public IReadOnlyList<ChartMark> Marks { get; init; } = [];

    /// <summary>The chart in one sentence, for those who cannot see it.</summary>
    public required string Summary { get; init; }

    /// <summary>Points can be appended to what a browser already holds as long as the series are the same.</summary>
    public bool HasSameSeriesAs(ChartModel other) => Kind == other.Kind && Series.SequenceEqual(other.Series);
}
