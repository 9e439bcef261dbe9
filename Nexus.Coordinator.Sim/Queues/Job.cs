namespace Nexus.Coordinator.Sim.Queues;

/// <summary>
/// A task as it lies in Redis. No two jobs, nor two attempts at one, have equal JSON, so a job is found and removed by its text.
/// </summary>
/// <remarks>
/// <c>{"task_id":"cf2e528e01b7","parent_task_id":"7f3a2c9e","project_id":"market-atlas","phase":"extraction",
/// "task_type":"data_aggregation_extract","priority":"normal","message":"extract ownership chain","retry_count":0,
/// "coordinator":"3f9c…","seed":1,"traceparent":"00-…-01"}</c>
/// </remarks>
internal sealed record Job
{
    public required string TaskId { get; init; }

    /// <summary>The run.</summary>
    public required string ParentTaskId { get; init; }

    public required string ProjectId { get; init; }

    public required string Phase { get; init; }

    public required string TaskType { get; init; }

    public required JobPriority Priority { get; init; }

    /// <summary>What it is about, for people.</summary>
    public required string Message { get; init; }

    /// <summary>Attempts that failed before this one.</summary>
    public int RetryCount { get; init; }

    /// <summary>The process that drives the run and waits for the result.</summary>
    public required string Coordinator { get; init; }

    /// <summary>Decides what the simulated work draws.</summary>
    public ulong Seed { get; init; }

    /// <summary>W3C trace context of whoever put it into the queue.</summary>
    public string? Traceparent { get; init; }
}
