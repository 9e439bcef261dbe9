namespace Nexus.Monitoring.Web.Board;

public sealed record WorkerRow
{
    public required int Id { get; init; }

    public required WorkerStanding Standing { get; init; }

    public string? Source { get; init; }

    public string? TaskId { get; init; }

    public string? TaskType { get; init; }

    /// <summary>What it is doing, in words; for a lost worker, what it left behind.</summary>
    public required string Doing { get; init; }

    public string? Project { get; init; }

    public DateTimeOffset? BusySince { get; init; }

    public DateTimeOffset? LastBeat { get; init; }

    public string? TraceId { get; init; }

    public long Completed { get; init; }

    public long Failed { get; init; }
}
