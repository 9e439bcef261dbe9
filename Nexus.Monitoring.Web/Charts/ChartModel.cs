namespace Nexus.Monitoring.Web.Charts;

/// <summary>A chart at one moment. Points are oldest first and grow at the end; the last one may still change.</summary>
public sealed record ChartModel
{
    /// <summary>What the live state keeps.</summary>
    public static readonly TimeSpan LiveWindow = TimeSpan.FromMinutes(15);

    public required ChartKind Kind { get; init; }

    public required ChartUnit Unit { get; init; }

    public required IReadOnlyList<ChartSeries> Series { get; init; }

    public required IReadOnlyList<ChartPoint> Points { get; init; }

    public IReadOnlyList<ChartMark> Marks { get; init; } = [];

    /// <summary>The chart in one sentence, for those who cannot see it.</summary>
    public required string Summary { get; init; }

    /// <summary>How much time the chart is wide.</summary>
    public TimeSpan Window { get; init; } = LiveWindow;

    /// <summary>Where it ends; with its last point when absent.</summary>
    public DateTimeOffset? End { get; init; }

    /// <summary>How much time a point stands for.</summary>
    public TimeSpan Step { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Whether its end is the present, and so is called "now".</summary>
    public bool EndsNow { get; init; } = true;

    /// <summary>One value per series for the whole period, shown while no instant is; the last point's when absent.</summary>
    public IReadOnlyList<float>? Overall { get; init; }

    /// <summary>Of a heat map: the lower bound of the lowest row, in seconds.</summary>
    public double Lowest { get; init; }

    /// <summary>What the points were read from. They can only be added to those of the same.</summary>
    public object? Origin { get; init; }

    /// <summary>Points can be appended to what a browser already holds as long as they continue it.</summary>
    public bool Continues(ChartModel other) =>
        Kind == other.Kind && Equals(Origin, other.Origin) && Window == other.Window && Series.SequenceEqual(other.Series);
}
