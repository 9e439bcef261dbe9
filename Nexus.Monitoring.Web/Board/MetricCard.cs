using Nexus.Monitoring.Web.Formatting;

namespace Nexus.Monitoring.Web.Board;

/// <summary>One figure with its context and its last quarter of an hour.</summary>
public sealed record MetricCard
{
    public required string Label { get; init; }

    /// <summary>Large numbers with small units; empty where nothing is known yet.</summary>
    public required IReadOnlyList<Quantity> Value { get; init; }

    /// <summary>Small, behind the value: "of 12".</summary>
    public string Suffix { get; init; } = "";

    public required Wording Context { get; init; }

    public required string Href { get; init; }

    /// <summary>Oldest first, from zero; NaN where nothing is known.</summary>
    public IReadOnlyList<float> Spark { get; init; } = [];

    /// <summary>Errors are the only red line.</summary>
    public bool IsError { get; init; }
}
