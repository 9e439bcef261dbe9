using Nexus.Monitoring.Web.Charts;

namespace Nexus.Monitoring.Web.Board;

/// <summary>Everything that the dashboard shows of the live state at one moment. Immutable, shared by all who look.</summary>
public sealed record BoardModel
{
    /// <summary>The moment, by the log's clock.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Every project seen, sorted.</summary>
    public required IReadOnlyList<string> Projects { get; init; }

    public required BoardTotals Totals { get; init; }

    /// <summary>At most three; empty when nobody needs to do anything.</summary>
    public required IReadOnlyList<AttentionItem> Attention { get; init; }

    public required IReadOnlyList<MetricCard> Cards { get; init; }

    public required ChartModel QueueByType { get; init; }

    public required ChartModel QueueByPriority { get; init; }

    /// <summary>Percentiles of successful attempts, over two minutes each.</summary>
    public required ChartModel RunTime { get; init; }

    /// <summary>The same of waiting, of attempts that began.</summary>
    public required ChartModel WaitTime { get; init; }

    /// <summary>Attempts that ended by outcome, a minute.</summary>
    public required ChartModel Throughput { get; init; }

    /// <summary>Failed attempts of those that ended within a minute.</summary>
    public required ChartModel ErrorRate { get; init; }

    /// <summary>Runs in progress first, newest first; then those that ended.</summary>
    public required IReadOnlyList<RunRow> Runs { get; init; }

    public required IReadOnlyList<WorkerRow> Workers { get; init; }

    /// <summary>What waits, in pipeline order.</summary>
    public IReadOnlyList<DemandRow> Demand { get; init; } = [];

    /// <summary>Newest first.</summary>
    public required IReadOnlyList<FailureRow> Failures { get; init; }
}
