namespace Nexus.Monitoring.Web.Board;

/// <summary>Failures with the same text once numbers and ids are taken out.</summary>
public sealed record FailureRow
{
    /// <summary>The text that they share, <c>‹n›</c> and <c>‹id›</c> for what varies; tells groups apart.</summary>
    public required string Fingerprint { get; init; }

    /// <summary>The newest error in full.</summary>
    public required string Error { get; init; }

    public required long Count { get; init; }

    /// <summary>How many of them ended their task; the others were tried again.</summary>
    public required long Final { get; init; }

    /// <summary>Kinds of failure it was, other than an error like any other.</summary>
    public IReadOnlyList<string> Kinds { get; init; } = [];

    public required IReadOnlyList<string> TaskTypes { get; init; }

    public required int Runs { get; init; }

    public required DateTimeOffset LastAt { get; init; }

    /// <summary>Failures per slot of the last quarter of an hour, oldest first.</summary>
    public required IReadOnlyList<int> Histogram { get; init; }

    public string? TraceId { get; init; }
}
