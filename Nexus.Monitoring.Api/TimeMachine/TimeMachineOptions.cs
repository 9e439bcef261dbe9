namespace Nexus.Monitoring.Api.TimeMachine;

/// <summary>The configuration section <c>Monitoring:TimeMachine</c>; ranges in <see cref="TimeMachineOptionsValidator"/>.</summary>
internal sealed class TimeMachineOptions
{
    public const string SectionName = "Monitoring:TimeMachine";

    /// <summary>Events between two checkpoints; a jump folds at most about as many.</summary>
    public int CheckpointEvents { get; set; } = 10_000;

    /// <summary>Least time of the log between two checkpoints: writing one takes as long however many events there are between.</summary>
    public TimeSpan CheckpointDistance { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Most checkpoints; of the older half, every second gives way.</summary>
    public int MaxCheckpoints { get; set; } = 2_000;

    /// <summary>Most bytes of all checkpoints; of the older half, every second gives way.</summary>
    public long MaxCheckpointBytes { get; set; } = 2L * 1024 * 1024 * 1024;

    /// <summary>How often it is looked whether a checkpoint is due.</summary>
    public TimeSpan CheckpointInterval { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Instants that are put together at the same time; others wait their turn. Each may need as much memory as the live state.</summary>
    public int ConcurrentJumps { get; set; } = 2;

    /// <summary>An instant that lies further from the nearest checkpoint is not answered; it takes about 6 µs an event.</summary>
    public int MaxJumpEvents { get; set; } = 500_000;

    /// <summary>Streams that replay at the same time.</summary>
    public int MaxReplays { get; set; } = 64;
}
