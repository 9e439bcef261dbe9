namespace Nexus.Monitoring.Contracts.History;

/// <summary>One bucket of a line; which values are there depends on what was asked for.</summary>
/// <param name="At">Where the bucket begins.</param>
public sealed record SeriesPoint(DateTimeOffset At)
{
    /// <summary>Events, or attempts that were measured.</summary>
    public long? Count { get; init; }

    /// <summary>Events a second.</summary>
    public double? Rate { get; init; }

    /// <summary>Tasks that joined a queue.</summary>
    public long? Enqueued { get; init; }

    /// <summary>Attempts that began.</summary>
    public long? Started { get; init; }

    /// <summary>Tasks that ended well.</summary>
    public long? Completed { get; init; }

    /// <summary>Tasks that were given up.</summary>
    public long? Failed { get; init; }

    /// <summary>Attempts that failed and are followed by another.</summary>
    public long? Retried { get; init; }

    /// <summary>Attempts that failed, as a part of those that ended; 0 to 1.</summary>
    public double? ErrorRate { get; init; }

    /// <summary>Milliseconds.</summary>
    public double? P50 { get; init; }

    /// <summary>Milliseconds.</summary>
    public double? P90 { get; init; }

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
