namespace Nexus.Monitoring.Api.History.Series;

/// <summary>One bucket of a line; which values are there depends on what was asked for.</summary>
/// <param name="At">Where the bucket begins.</param>
internal sealed record SeriesPoint(DateTimeOffset At)
{
    /// <summary>Events, or attempts that were measured.</summary>
    public long? Count { get; init; }

    /// <summary>Events a second.</summary>
    public double? Rate { get; init; }

    public long? Enqueued { get; init; }

    public long? Started { get; init; }

    public long? Completed { get; init; }

    /// <summary>Tasks that were given up.</summary>
    public long? Failed { get; init; }

    public long? Retried { get; init; }

    /// <summary>Attempts that failed, as a part of those that ended; 0 to 1.</summary>
    public double? ErrorRate { get; init; }

    /// <summary>Milliseconds.</summary>
    public double? P50 { get; init; }

    /// <summary>Milliseconds.</summary>
    public double? P95 { get; init; }

    /// <summary>Milliseconds.</summary>
    public double? P99 { get; init; }

    /// <summary>Milliseconds; of a queue, tasks.</summary>
    public double? Max { get; init; }

    /// <summary>Tasks that wait at the end of the bucket.</summary>
    public double? Last { get; init; }

    /// <summary>Tasks that wait on average over the reports.</summary>
    public double? Average { get; init; }
}
